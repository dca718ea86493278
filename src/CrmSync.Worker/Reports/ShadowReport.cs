using CrmSync.Leads;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>What we would have done with a lead beside what people did.</summary>
public enum ShadowAnswer
{
    /// <summary>We would have let it in, and people did.</summary>
    Agreed,

    /// <summary>We would have let it in, and people took it back.</summary>
    OursOnly,

    /// <summary>People let it in, and we would not have.</summary>
    TheirsOnly,

    /// <summary>We would have let it in, and people have done nothing yet.</summary>
    Undecided,
}

/// <summary>Counts of answers, of one verdict, one owner, or all.</summary>
public sealed record ShadowCounts(string Name, int Agreed, int OursOnly, int TheirsOnly, int Undecided)
{
    /// <summary>The part of all decided leads on which both say the same; null while none is decided.</summary>
    public decimal? Agreement => Agreed + OursOnly + TheirsOnly is > 0 and var decided ? (decimal)Agreed / decided : null;
}

/// <summary>How often people did something to a stage, by kind of actor.</summary>
public sealed record ShadowDeeds(int People, int Automations, int Unknown);

/// <summary>The shadow's judgements against what people did meanwhile.</summary>
/// <param name="Offers">Leads that we would have offered.</param>
/// <param name="OldOffers">Those among them that have done nothing since the shadow began: offered only with a backlog.</param>
public sealed record ShadowReport(
    int Offers, int OldOffers, ShadowCounts All, IReadOnlyList<ShadowCounts> ByVerdict, IReadOnlyList<ShadowCounts> ByOwner,
    ShadowDeeds SetMql, ShadowDeeds MovedOn, ShadowDeeds Rejected)
{
    private const string NoOwner = "no owner";

    /// <param name="since">When the shadow had seen all leads once.</param>
    public static ShadowReport Of(IReadOnlyList<ShadowLead> leads, DateTimeOffset? since)
    {
        // What was with sales already at first sight is no MQL to agree on.
        var judged = leads.Where(lead => Rank(lead.FirstStage) <= LifecycleStage.MarketingQualified)
            .Select(lead => (Lead: lead, Answer: AnswerOf(lead))).Where(j => j.Answer is not null).ToList();
        var offers = judged.Where(j => j.Lead.Verdict == "Offer").ToList();
        var changes = leads.SelectMany(lead => lead.Changes).ToList();
        return new(
            offers.Count, offers.Count(j => j.Lead.NewestAct is not { } act || act < since), Count("all", judged),
            [.. judged.GroupBy(j => j.Lead.Verdict ?? "not qualified").Select(g => Count(g.Key, g)).OrderBy(c => c.Name == "Offer" ? "" : c.Name, StringComparer.Ordinal)],
            [.. judged.GroupBy(j => j.Lead.OwnerId ?? NoOwner).Select(g => Count(g.Key, g)).OrderByDescending(c => c.Agreed + c.OursOnly + c.Undecided).ThenBy(c => c.Name, StringComparer.Ordinal)],
            Deeds(changes.Where(c => c.To == nameof(LifecycleStage.MarketingQualified) && IsForward(c))),
            Deeds(changes.Where(c => Rank(c.To) > LifecycleStage.MarketingQualified && IsForward(c))),
            Deeds(changes.Where(IsRejection)));
    }

    /// <summary>Null: neither we nor people would have it.</summary>
    private static ShadowAnswer? AnswerOf(ShadowLead lead)
    {
        var (theirs, rejected) = (lead.FirstStage == nameof(LifecycleStage.MarketingQualified), false);
        foreach (var change in lead.Changes)
            (theirs, rejected) = IsRejection(change) ? (false, true) : IsForward(change) && Rank(change.To) >= LifecycleStage.MarketingQualified ? (true, false) : (theirs, rejected);
        return (lead.Verdict is not null, theirs, rejected) switch
        {
            (true, true, _) => ShadowAnswer.Agreed,
            (true, _, true) => ShadowAnswer.OursOnly,
            (true, _, _) => ShadowAnswer.Undecided,
            (_, true, _) => ShadowAnswer.TheirsOnly,
            _ => null,
        };
    }

    private static ShadowCounts Count(string name, IEnumerable<(ShadowLead Lead, ShadowAnswer? Answer)> leads)
    {
        var answers = leads.ToLookup(lead => lead.Answer);
        return new(name, answers[ShadowAnswer.Agreed].Count(), answers[ShadowAnswer.OursOnly].Count(), answers[ShadowAnswer.TheirsOnly].Count(), answers[ShadowAnswer.Undecided].Count());
    }

    private static ShadowDeeds Deeds(IEnumerable<StageChange> changes)
    {
        var actors = changes.Select(c => c.Actor).ToList();
        var people = actors.Count(a => a.StartsWith("person:", StringComparison.Ordinal));
        var automations = actors.Count(a => a == "automation");
        return new(people, automations, actors.Count - people - automations);
    }

    private static bool IsForward(StageChange change) => Rank(change.To) > Rank(change.From);

    private static bool IsRejection(StageChange change) => Rank(change.From) >= LifecycleStage.MarketingQualified && !IsForward(change);

    private static LifecycleStage Rank(string? stage) => Enum.TryParse<LifecycleStage>(stage, out var known) ? known : LifecycleStage.Lead;
}
