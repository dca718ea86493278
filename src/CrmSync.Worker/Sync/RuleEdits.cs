using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// An edit of the rules opens no hand-over by itself: what the rules before it said no to waits for an act that was not
/// there when they did.
/// </summary>
internal static class RuleEdits
{
    public static LeadMemory Note(LeadMemory memory, Assessed assessed)
    {
        var (evaluation, rules) = (assessed.Evaluation, assessed.Rules.AgreementHash);
        var qualified = evaluation.Mql == GateResult.Pass;
        var byEdit = qualified && memory.LastJudged is { Qualified: false } before && before.Rules != rules
            && before.NewestAct >= evaluation.LatestEvidenceAt;
        return memory with
        {
            LastJudged = new(rules, qualified, NewestAct(assessed.Facts, evaluation.At)),
            SettledUpTo = byEdit ? evaluation.LatestEvidenceAt : memory.SettledUpTo,
        };
    }

    // Of any kind: an edit may begin to weigh what the rules before it did not.
    private static DateTimeOffset? NewestAct(LeadFacts facts, DateTimeOffset at) => facts.Catalogue.Definitions
        .Select((definition, slot) => definition.Type == FactType.Engagement && facts[slot].IsKnown ? facts[slot].Engagement : null)
        .OfType<Engagement>()
        .SelectMany(engagement => engagement.Acts.Select(act => (DateTimeOffset?)act.At).Append(engagement.LastAt))
        .Where(act => act <= at).Max();
}
