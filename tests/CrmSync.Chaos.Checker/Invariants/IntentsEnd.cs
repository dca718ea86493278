using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>What was decided comes to one end, and the store's two tables agree on it.</summary>
internal sealed class IntentsEnd : IInvariant
{
    public string Id => "intents-end";

    public string Promise => "At rest no effect is open; each decision has exactly one end, each end a decision, and intents and audit tell the same.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        foreach (var open in history.Store.Intents.Where(i => i.SettledAt is null))
            yield return new(Id, $"{open.TransitionId} ({open.Step}) on {open.LeadId} is {open.State} since {open.CreatedAt}");
        var intents = history.Store.Intents.ToLookup(i => i.TransitionId);
        foreach (var rows in history.Store.Audit.Where(r => r.TransitionId is not null).GroupBy(r => r.TransitionId!))
        {
            var (decided, ends) = (rows.Where(r => r.Kind == "Decided").ToList(), rows.Where(r => r.IsEnd).ToList());
            if (decided.Count != 1 || ends.Count != 1)
                yield return new(Id, $"{rows.Key} has {decided.Count} Decided rows and {ends.Count} that end it");
            else if (ends[0].Sequence < decided[0].Sequence || ends[0].LeadKey != decided[0].LeadKey)
                yield return new(Id, $"row {ends[0].Sequence} ends {rows.Key} of {ends[0].LeadKey}; row {decided[0].Sequence} decides it for {decided[0].LeadKey}");
            else if (Final(intents[rows.Key]) is not { } intent)
                yield return new(Id, $"{rows.Key} was decided in row {decided[0].Sequence} and has no intent");
            else if (!string.Equals(intent.State, ends[0].Kind, StringComparison.OrdinalIgnoreCase))
                yield return new(Id, $"the intent of {rows.Key} says {intent.State}, row {ends[0].Sequence} says {ends[0].Kind}");
        }
        var told = history.Store.Audit.Select(r => r.TransitionId).ToHashSet();
        foreach (var intent in history.Store.Intents.Where(i => !told.Contains(i.TransitionId)))
            yield return new(Id, $"the audit does not know {intent.TransitionId} on {intent.LeadId}");
    }

    /// <summary>Of two steps the one that came last.</summary>
    private static IntentRow? Final(IEnumerable<IntentRow> steps) => steps.FirstOrDefault(i => i.Step == "set") ?? steps.FirstOrDefault();
}
