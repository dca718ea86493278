using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>A company or deal that changed is a reason to look at each lead that hangs on it.</summary>
internal static class HintExpansion
{
    /// <param name="taken">Leads and hints mixed; leads are left alone.</param>
    /// <exception cref="CrmException">The connection failed; the hints wait on.</exception>
    public static async Task RunAsync(
        ISyncStore store, ConnectedCrm connection, IReadOnlyList<TakenLead> taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hints = taken.Where(t => RecordHint.Is(t.LeadId)).ToList();
        if (hints.Count == 0)
            return;
        var entries = new List<InboxEntry>();
        foreach (var stream in hints.GroupBy(h => RecordHint.Read(h.LeadId).Stream))
        {
            var records = stream.ToDictionary(h => RecordHint.Read(h.LeadId).RecordId);
            var leads = await connection.Adapter.LeadsOfAsync(stream.Key, [.. records.Keys], cancellationToken);
            entries.AddRange(leads.SelectMany(p => p.Value.Select(lead =>
                new InboxEntry($"via:{stream.Key}/{p.Key}@{records[p.Key].UpTo}:{lead}", lead))));
        }
        await store.ExpandAsync(connection.Name, hints, entries, now, cancellationToken);
    }
}
