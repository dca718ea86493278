using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// An edit of the rules opens no hand-over by itself, and no offer of one that waits: what the rules before it said no to
/// waits for an act, or for an offer another fact, that was not there when they did.
/// </summary>
internal static class RuleEdits
{
    public static LeadRecord Note(LeadRecord lead, Assessed assessed)
    {
        var (memory, evaluation, rules) = (lead.Memory, assessed.Evaluation, assessed.Rules.AgreementHash);
        var (qualified, mayBeOffered) = (assessed.Assessment.MarketingQualified, assessed.Assessment.MayBeOffered);
        // By the gate and by `mqlFrom`: letting the rules decide at all is an edit like any other.
        var byEdit = qualified && memory.LastJudged is { Qualified: false } before && before.Rules != rules
            && before.NewestAct >= evaluation.LatestEvidenceAt;
        var noted = lead with
        {
            Memory = memory with
            {
                LastJudged = new(rules, qualified, NewestAct(assessed.Facts, evaluation.At)) { MayBeOffered = mayBeOffered },
                SettledUpTo = byEdit ? evaluation.LatestEvidenceAt : memory.SettledUpTo,
                OfferSettledOn = mayBeOffered && Waits(lead.Episode) ? SettledOn(memory, rules, assessed.Print.Value) : null,
            },
        };
        return NoteWaiting(noted, lead.Episode, assessed);
    }

    /// <summary>For a lead that waits for its offer, or begins to: what is known of it now.</summary>
    public static LeadRecord NoteWaiting(LeadRecord lead, Episode? episode, Assessed assessed) => Waits(episode)
        ? lead with
        {
            // Nothing is otherwise, but the rule file may now read its own facts in another way.
            Episode = lead.Episode is { State: HandoverState.Returned } returned && !assessed.IsOtherThanReturned
                ? returned with { DataAtReturn = assessed.DataPrint.Value }
                : lead.Episode,
            Memory = lead.Memory with { LastJudged = lead.Memory.LastJudged! with { Facts = assessed.Print.Value } },
        }
        : lead;

    private static bool Waits(Episode? episode) => episode?.State is HandoverState.Held or HandoverState.Returned;

    private static string? SettledOn(LeadMemory memory, string rules, string now)
    {
        var settled = memory.LastJudged is { MayBeOffered: false, Facts: { } then } before && before.Rules != rules ? then : memory.OfferSettledOn;
        return settled is not null && !FactsPrint.Differ(settled, now) ? now : null;
    }

    // Of any kind: an edit may begin to weigh what the rules before it did not.
    private static DateTimeOffset? NewestAct(LeadFacts facts, DateTimeOffset at) => facts.Catalogue.Definitions
        .Select((definition, slot) => definition.Type == FactType.Engagement && facts[slot].IsKnown ? facts[slot].Engagement : null)
        .OfType<Engagement>()
        .SelectMany(engagement => engagement.Acts.Select(act => (DateTimeOffset?)act.At).Append(engagement.LastAt))
        .Where(act => act <= at).Max();
}
