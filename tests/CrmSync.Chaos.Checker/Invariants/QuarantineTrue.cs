using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Quarantine holds what cannot be worked, and nothing else.</summary>
internal sealed class QuarantineTrue : IInvariant
{
    public string Id => "quarantine-true";

    public string Promise => "In quarantine are exactly the leads that were made impossible to write or to read.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var keys = history.Leads.Where(lead => lead.Key is not null).ToDictionary(lead => lead.Id, lead => lead.Key!);
        foreach (var row in history.Store.Quarantine.Where(row => !keys.TryGetValue(row.LeadId, out var key) || !history.Facts.Poisoned.Contains(key)))
            yield return new(Id, $"{row.LeadId} is in quarantine since {row.Since} and nothing is wrong with it: {row.Reason}");
        var held = history.Store.Quarantine.Select(row => row.LeadId).ToHashSet();
        foreach (var lead in history.Leads.Where(lead => lead.Key is { } key && history.Facts.Poisoned.Contains(key) && LeadBook.IsThere(lead) && !held.Contains(lead.Id)))
            yield return new(Id, $"{lead.Id} ({lead.Key}) was made impossible and is not in quarantine");
    }
}
