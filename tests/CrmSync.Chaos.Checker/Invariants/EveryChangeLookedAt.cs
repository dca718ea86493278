using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Nothing that others do to a lead stays unseen.</summary>
internal sealed class EveryChangeLookedAt : IInvariant
{
    public string Id => "every-change-looked-at";

    public string Promise => "After each change that others made to a lead we looked at it.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (timeline, book) = (new Timeline(history), new LeadBook(history));
        foreach (var lead in timeline.Leads.Where(id => book.IsThere(id) && !book.Held.Contains(id)))
            if (timeline.Of(lead).LastOrDefault(e => !e.IsOurs) is { } newest && !timeline.IsReadAfter(lead, newest.N))
                yield return new(Id, $"{lead} was not read after {newest}");
    }
}
