using System.Collections.Concurrent;
using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>A company or deal that changed is a reason to look at each lead that hangs on it.</summary>
internal sealed partial class HintExpansion(ISyncStore store, ILogger<HintExpansion> log)
{
    /// <summary>So many refusals in a row are of the stream, and of no single record.</summary>
    private const int MostRefusals = 5;

    /// <summary>How long hints wait where nobody says how long.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Connection, string Stream), bool> _refused = new();

    /// <param name="taken">Leads and hints mixed; leads are left alone.</param>
    /// <exception cref="CrmException">The connection failed; the hints wait on.</exception>
    public async Task RunAsync(ConnectedCrm connection, IReadOnlyList<TakenLead> taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hints = taken.Where(t => RecordHint.Is(t.LeadId)).ToList();
        if (hints.Count == 0)
            return;
        var (entries, followed) = (new List<InboxEntry>(), new List<TakenLead>());
        foreach (var stream in hints.GroupBy(h => RecordHint.Read(h.LeadId).Stream))
        {
            var records = stream.ToDictionary(h => RecordHint.Read(h.LeadId).RecordId);
            if (await LeadsOrRestAsync(connection, stream.Key, records, now, cancellationToken) is not { } leads)
                continue;
            followed.AddRange(stream);
            entries.AddRange(leads.SelectMany(p => p.Value.Select(lead => Entry(p.Key, lead))));
            if (connection.Adapter.SequelStreams.Contains(stream.Key))
                entries.AddRange((await OwnAsync(connection, [.. records.Keys.Where(id => leads.GetValueOrDefault(id) is not { Count: > 0 })], cancellationToken)).Select(id => Entry(id, id)));

            InboxEntry Entry(string record, string lead) => new($"via:{stream.Key}/{record}@{records[record].UpTo}:{lead}", lead);
        }
        await store.ExpandAsync(connection.Name, followed, entries, now, cancellationToken);
    }

    /// <summary>Null: the part of the quota for this is spent. The hints wait for it, and nothing else does.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>?> LeadsOrRestAsync(
        ConnectedCrm connection, string stream, Dictionary<string, TakenLead> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await LeadsOfAsync(connection, stream, [.. records.Keys], cancellationToken);
        }
        catch (CrmException rest) when (rest.IsOwnRest)
        {
            await store.ReleaseAsync(connection.Name, [.. records.Values], rest.RetryAt ?? now + Rest, failed: false, cancellationToken);
            return null;
        }
    }

    /// <summary>Records that no lead became, and that one lives on in since they were merged: they wait under their own ids.</summary>
    private async Task<IEnumerable<string>> OwnAsync(ConnectedCrm connection, string[] records, CancellationToken cancellationToken) =>
        records.Length == 0 ? [] : (await store.FindAsync(connection.Name, records, cancellationToken)).Keys;

    /// <summary>
    /// What the CRM refuses to tell is let go: a hint that waited for it would come first in each pass, and stop all leads and all
    /// decisions of the connection. The leads behind it are found when they change themselves, or by the sweep. Of several the one to
    /// blame is looked for.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LeadsOfAsync(
        ConnectedCrm connection, string stream, IReadOnlyList<string> records, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Adapter.LeadsOfAsync(stream, records, cancellationToken);
        }
        catch (CrmException refused) when (IsRefusal(refused))
        {
            if (records.Count > 1)
                return await OneByOneAsync(connection, stream, records, cancellationToken);
            Tell(connection, stream, refused);
            return new Dictionary<string, IReadOnlyList<string>>();
        }
    }

    private async Task<Dictionary<string, IReadOnlyList<string>>> OneByOneAsync(
        ConnectedCrm connection, string stream, IReadOnlyList<string> records, CancellationToken cancellationToken)
    {
        var (found, refusals) = (new Dictionary<string, IReadOnlyList<string>>(), 0);
        foreach (var record in records)
        {
            try
            {
                foreach (var (id, leads) in await connection.Adapter.LeadsOfAsync(stream, [record], cancellationToken))
                    found[id] = leads;
                refusals = 0;
            }
            catch (CrmException refused) when (IsRefusal(refused))
            {
                Tell(connection, stream, refused);
                if (++refusals == MostRefusals)
                    break;
            }
        }
        return found;
    }

    private static bool IsRefusal(CrmException failure) => failure.Failure is CrmFailure.Refused or CrmFailure.NotFound;

    private void Tell(ConnectedCrm connection, string stream, CrmException refused) =>
        LogLine.Refused(log, _refused.TryAdd((connection.Name, stream), true) ? LogLevel.Warning : LogLevel.Information, connection.Name, stream, refused.Message, refused.Repair);

    private static partial class LogLine
    {
        [LoggerMessage(Message = "{Connection} does not tell which leads hang on a record of {Stream} that changed: {Problem} {Repair} They are looked at when they change themselves, or with the daily sweep.")]
        public static partial void Refused(ILogger logger, LogLevel level, string connection, string stream, string problem, string? repair);
    }
}
