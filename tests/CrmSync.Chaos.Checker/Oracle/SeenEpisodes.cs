using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>
/// Hand-overs told from our own field in the records and from the stages. Where merges, marketing's wishes and conflicts had a hand
/// in it, the log alone cannot tell for sure which one a change belongs to: those are kept apart.
/// </summary>
public sealed class SeenEpisodes
{
    private readonly Dictionary<string, DateTimeOffset> _decided;

    public SeenEpisodes(RunHistory history, DateTimeOffset cutOff)
    {
        var (timeline, stages, book) = (new Timeline(history), new Stages(history.Facts), new LeadBook(history));
        var sales = new SaleBook(timeline);
        var doubtful = history.Store.Audit.Where(row => row.Kind is "Conflict" or "Gone").SelectMany(row => book.IdsOf(row.LeadKey!)).ToHashSet();
        var notTaken = history.Store.Audit.Where(row => row.Kind is "Conflict" or "Gone").Select(row => row.TransitionId).ToHashSet();
        _decided = history.Store.Audit.Where(row => row is { Kind: "Decided", At: not null }).GroupBy(row => row.TransitionId!).ToDictionary(rows => rows.Key, rows => Instant.Of(rows.First().At!));
        var (sure, unsure) = (new List<SeenEpisode>(), new List<SeenEpisode>());
        var (absorbed, merges, told) = (new Dictionary<string, long>(), timeline.People.Where(e => e.Is("mergedInto")).ToList(), new Dictionary<string, List<List<SeenEpisode>>>());
        foreach (var merge in merges)
        {
            absorbed.TryAdd(merge.Change.After ?? "", merge.N);
            doubtful.UnionWith([merge.Change.Id, merge.Change.After ?? ""]);
        }
        foreach (var lead in timeline.Leads)
        {
            var effects = timeline.Of(lead).Where(e => e.Line.At <= cutOff).ToList();
            var isWonBefore = IsWonBefore(effects, stages, sales, lead);
            var isSure = !isWonBefore && !doubtful.Contains(lead) && !EndsUnseen(timeline, lead) && !IsSaleUnseen(timeline, sales, lead)
                && !effects.Any(e => e.Is(CrmFields.Request) || (e.Is(CrmFields.Handover) && e.Change.After == "recycled"));
            var episodes = Tell(effects);
            // A write that came to pass and is listed as a conflict, or as gone with its record, counts by what it said, or by what stood before it.
            var others = Without(notTaken, effects).Select(some => Tell(some)).ToList();
            // A dispute that was changed into another wish right before our write shows there as that.
            if (effects.Any(IsDisputed))
                others.Add(Tell(effects, isRaced: true));
            others.AddRange(isWonBefore ? [Tell(effects, bySale: false)] : []);
            // What the end of a record itself made of its stage, as the ties that go over do, nobody saw there.
            if (timeline.EndOf(lead) is { } end)
                others.Add(Tell([.. effects.Where(e => e.N < end.N)]));
            told[lead] = [episodes, .. others];
            unsure.AddRange(others.SelectMany(o => o).Except(episodes));
            (isSure ? sure : unsure).AddRange(episodes);

            List<SeenEpisode> Tell(List<Effect> some, bool isRaced = false, bool bySale = true)
            {
                var folded = Fold(lead, some, stages, history.Facts, absorbed.GetValueOrDefault(lead, long.MaxValue), isRaced);
                if (bySale && sales.WonAt(lead) is { } won && folded is [.., { AcceptedAt: not null } accepted])
                    folded[^1] = accepted with { WonAt = history.Facts.AsTold(won) };
                // What waited elsewhere, came by a merge and was answered at once never showed as an MQL here.
                return absorbed.ContainsKey(lead) ? folded.ConvertAll(e => e with { IsMql = true }) : folded;
            }
        }
        // What goes on at the survivor may be an episode of its own there, with what was said of it before.
        unsure.AddRange(merges.Select(merge => new SeenEpisode(merge.Change.Id) { IsMql = true, RejectedAt = told.GetValueOrDefault(merge.Change.Id)?.Select(t => t.LastOrDefault()?.RejectedAt).FirstOrDefault() }));
        unsure.AddRange(merges.Select(merge => AtSurvivor(merge, told, survivor => SoldAt(timeline, sales, stages, history.Facts, survivor, cutOff), timeline)).OfType<SeenEpisode>());
        (Sure, Unsure) = ([.. sure.Where(e => !e.IsSuperseded)], [.. unsure.Where(e => !e.IsSuperseded)]);
    }

    public IReadOnlyList<SeenEpisode> Sure { get; }

    /// <summary>Each may count or not.</summary>
    public IReadOnlyList<SeenEpisode> Unsure { get; }

    /// <summary>
    /// What sales had accepted goes on at the survivor before what waits there or was rejected, and until our next write no field says
    /// so: a sale of the survivor may be its own.
    /// </summary>
    private static SeenEpisode? AtSurvivor(Effect merge, Dictionary<string, List<List<SeenEpisode>>> told, Func<string, DateTimeOffset?> soldAt, Timeline timeline) =>
        told.GetValueOrDefault(merge.Change.Id)?.Select(t => t.LastOrDefault()).FirstOrDefault(e => e is { AcceptedAt: not null, DaysToWon: null }) is { } accepted
        && Survivors(timeline, merge).LastOrDefault(survivor => soldAt(survivor) is not null) is { } sold
            ? accepted with { LeadId = sold, WonAt = soldAt(sold) }
            : null;

    /// <summary>When a lead last became a customer, by its own stage or by a sale of its person.</summary>
    private static DateTimeOffset? SoldAt(Timeline timeline, SaleBook sales, Stages stages, RunFacts facts, string lead, DateTimeOffset cutOff) =>
        timeline.Of(lead).LastOrDefault(e => e.Is(CrmFields.Stage) && stages.Canonical(e.Change.After) == "Customer" && e.Line.At <= cutOff)?.Line.At
        ?? (sales.WonAt(lead) is { } won && won <= cutOff ? facts.AsTold(won) : null);

    /// <summary>The record into which it was merged, that into which that one was, and so on.</summary>
    private static IEnumerable<string> Survivors(Timeline timeline, Effect? merge)
    {
        for (var seen = new HashSet<string>(); merge?.Change.After is { } survivor && seen.Add(survivor); merge = timeline.Of(survivor).LastOrDefault(e => e.Is("mergedInto")))
            yield return survivor;
    }

    /// <summary>We showed a customer before its own sale was won, and behind another's: persons were merged, and that sale counts for both.</summary>
    private static bool IsWonBefore(List<Effect> effects, Stages stages, SaleBook sales, string lead) =>
        effects.Any(e => e.IsOurs && e.Is(CrmFields.Stage) && stages.Canonical(e.Change.After) == "Customer" && e.Line.At < sales.WonBehindOthers(lead, e.N));

    /// <summary>Leaves out the writes of these transitions: each alone, and all.</summary>
    private static IEnumerable<List<Effect>> Without(HashSet<string?> transitions, List<Effect> effects)
    {
        var lines = effects.Where(e => e.IsOurs && e.Is(CrmFields.Marker)).Select(e => (e.N, Marker.Parse(e.Change.After)?.Transition))
            .Where(e => e.Transition is not null && transitions.Contains(e.Transition)).ToLookup(e => e.Transition, e => e.N);
        var all = lines.SelectMany(one => one).ToHashSet();
        return lines.Select(one => one.ToHashSet()).Concat(lines.Count > 1 ? [all] : []).Select(left => effects.Where(e => !e.IsOurs || !left.Contains(e.N)).ToList());
    }

    /// <summary>
    /// What happened to the stage right before the record was deleted nobody can have seen: it takes two looks, of which the second
    /// asks who it was.
    /// </summary>
    private static bool EndsUnseen(Timeline timeline, string lead) => timeline.EndOf(lead) is { } end
        && timeline.Of(lead).LastOrDefault(e => e.Is(CrmFields.Stage) && !e.IsOurs && e.N < end.N) is { } last && timeline.ReadsBetween(lead, last.N, end.N) < 2;

    /// <summary>The same where a sale tells the stage: the pass that hears of the sale asks for the record, which was deleted meanwhile.</summary>
    private static bool IsSaleUnseen(Timeline timeline, SaleBook sales, string lead) =>
        timeline.EndOf(lead) is { } end && sales.LastEndOf(lead) is { } sold && sold < end.N && timeline.PassesBetween(lead, sold, end.N) < 2;

    /// <summary>What a write of ours shows was decided on the stage of before, where somebody moved that meanwhile.</summary>
    /// <param name="absorbed">The line of the first merge into it.</param>
    private List<SeenEpisode> Fold(string lead, List<Effect> effects, Stages stages, RunFacts facts, long absorbed, bool isRaced)
    {
        var (episodes, disputed) = (new List<SeenEpisode>(), false);
        Effect? answer = null;
        string? stage = null;
        (string? Before, DateTimeOffset At) moved = (null, DateTimeOffset.MinValue);
        foreach (var line in effects.GroupBy(e => e.N))
        {
            foreach (var effect in line.Where(e => e.Is(CrmFields.Stage)).Take(1))
                moved = effect.IsOurs ? (null, DateTimeOffset.MinValue) : (stage, effect.Line.At);
            foreach (var effect in line)
                (stage, answer) = (effect.Is(CrmFields.Stage) ? stages.Canonical(effect.Change.After) : stage, effect.Is(CrmFields.Answer) && !effect.IsOurs ? effect : answer);
            disputed = line.Any(SeenWords.IsDispute) || (isRaced && (disputed || line.Any(IsDisputed)));
            // A merge brings the loser's open offer along.
            if (line.FirstOrDefault(e => (e.IsOurs || e.Line.Path == "merge") && e.Is(CrmFields.Handover)) is { } shown)
                SeenWords.Show(lead, episodes, shown, moved.At > DecidedAt(line) ? moved.Before : stage, answer, facts.WithoutHistory.Contains(shown.Change.OwnRecord), shown.N > absorbed, disputed, DecidedAt(line));
            disputed &= !line.Any(e => e.IsOurs && e.Is(CrmFields.Handover));
            // What a merge brought to a lead becomes an MQL with our next write.
            if (stage == "MarketingQualified" && episodes is [.., { State: "waiting" or "held", IsMql: false } brought])
                episodes[^1] = brought with { IsMql = true, MqlAt = DecidedAt(line), MqlBy = line.First().Line.At };
            // Of several sales the last counts. One that comes before our field says so may follow an acceptance that was given before.
            if (line.Any(e => e.Is(CrmFields.Stage) && stages.Canonical(e.Change.After) == "Customer") && episodes is [.., var last] && (last.AcceptedAt is not null || last.IsUndecided))
                episodes[^1] = last with { WonAt = facts.AsTold(line.First().Line.At) };
        }
        return episodes;
    }

    private static bool IsDisputed(Effect effect) => !effect.IsOurs && effect.Is(CrmFields.Request) && effect.Change.After == "dispute";

    /// <summary>When what a line tells of was decided; what nobody decided, and what was decided afterwards, is of the line's instant.</summary>
    private DateTimeOffset DecidedAt(IGrouping<long, Effect> line)
    {
        var at = line.First().Line.At;
        return line.FirstOrDefault(e => e.IsOurs && e.Is(CrmFields.Marker)) is { } marked && Marker.Parse(marked.Change.After) is { } marker
            && _decided.TryGetValue(marker.Transition, out var decided) && decided < at ? decided : at;
    }
}
