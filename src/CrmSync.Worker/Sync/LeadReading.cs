using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>Reads the leads of a pass as deep as each needs: history costs twice the calls, and few leads ask for it.</summary>
internal static class LeadReading
{
    /// <summary>All facts of all leads; history for those where it can change the answer.</summary>
    public static async Task<CrmReading[]> ReadAsync(
        ConnectedCrm connection, List<TakenLead> taken, IReadOnlyDictionary<string, LeadRecord> known, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        CrmReading[] readings = [.. await connection.Adapter.ReadAsync([.. taken.Select(t => t.LeadId)], ReadDepth.Facts, catalogue, cancellationToken)];
        var deeper = readings.Select((reading, i) => (reading, i))
            .Where(p => p.reading.Lead is { } lead && connection.Adapter.KeepsHistoryOf(lead.Ref.Id)
                && (NeedsHistory(lead, known.GetValueOrDefault(taken[p.i].LeadId)) || (connection.Adapter.HistoryTellsForms && HasForm(lead.Facts))))
            .Select(p => p.i)
            .ToList();
        if (deeper.Count == 0)
            return readings;
        var again = await connection.Adapter.ReadAsync([.. deeper.Select(i => taken[i].LeadId)], ReadDepth.History, catalogue, cancellationToken);
        for (var i = 0; i < deeper.Count; i++)
            readings[deeper[i]] = again[i];
        return readings;
    }

    /// <summary>Who set the stage, who answered and when: only history tells.</summary>
    private static bool NeedsHistory(CrmLead lead, LeadRecord? known) =>
        known is not null
        && (Observation.IsForeign(known, lead)
            || (lead.Fields.TryGetValue(HandoverFields.Decision, out var answer)
                && (known.Episode?.State == HandoverState.AwaitingDecision || answer != known.Episode?.LastAnswer || known.Memory.Wiped is not null)));

    /// <summary>The forms before the latest.</summary>
    private static bool HasForm(LeadFacts? facts) =>
        facts is not null && (IsPartial(facts[WellKnownFacts.EngagementPrefix + EngagementKinds.HandRaise])
            || IsPartial(facts[WellKnownFacts.EngagementPrefix + EngagementKinds.ContentDownload]));

    /// <summary>Something is known of it, and not from its beginning.</summary>
    private static bool IsPartial(FactValue value) =>
        value.IsKnown && value.Engagement is { CompleteSince: var since, LastAt: not null } && since != DateTimeOffset.MinValue;
}
