using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Brings tasks and notes into the CRM, each once: they are known by their keys there, so whatever became of an earlier try,
/// sending again makes no second one. Never in shadow mode.
/// </summary>
internal sealed partial class ActivityPass(ISyncStore store, ConnectionMemory memory, TimeProvider clock, ILogger<ActivityPass> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly FirstSendings _first = new(store);

    /// <summary>Answers how many were sent or came to an end.</summary>
    /// <param name="onlyFull">Fewer than the CRM takes in one request wait for more.</param>
    public async Task<int> RunAsync(ConnectedCrm connection, bool onlyFull, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await store.ActivitiesAsync(connection.Name, connection.Adapter.BatchSize, now, cancellationToken);
        if (rows.Count == 0 || (onlyFull && rows.Count < connection.Adapter.BatchSize) || await memory.LiveSinceAsync(connection, now, cancellationToken) is null)
            return 0;
        var ended = new List<ActivityRow>();
        var alive = await _first.BeginAsync(connection.Name, await WithLeadsAsync(connection, rows, ended, now, cancellationToken), cancellationToken);
        if (alive.Count > 0)
        {
            var results = await connection.Adapter.PutActivitiesAsync([.. alive.Select(r => r.Activity)], cancellationToken);
            ended.AddRange(alive.Select((row, i) => ActivitySettling.Of(row, results[i], connection.Adapter.SettleTime, clock.GetUtcNow())));
        }
        Tell(ended);
        await store.SettleActivitiesAsync(ended, cancellationToken);
        _first.Stored(connection.Name, ended);
        return ended.Count;
    }

    /// <summary>A deleted lead ends its tasks and notes; those of one that was merged or converted go to the survivor, and wait until that is known.</summary>
    private static async Task<List<ActivityRow>> WithLeadsAsync(
        ConnectedCrm connection, IReadOnlyList<ActivityRow> rows, List<ActivityRow> ended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] leadIds = [.. rows.Where(r => !IsJustAskedFor(r, now)).Select(r => r.Activity.LeadId).Distinct()];
        var readings = leadIds.Length == 0 ? [] : await connection.Adapter.ReadAsync(leadIds, ReadDepth.Guard, FactCatalogue.BuiltIn, cancellationToken);
        var byLead = leadIds.Zip(readings).ToDictionary(p => p.First, p => p.Second);
        var alive = new List<ActivityRow>(rows.Count);
        foreach (var row in rows)
        {
            if (!byLead.TryGetValue(row.Activity.LeadId, out var reading))
                alive.Add(row);
            else if (reading.Kind == CrmReadingKind.Gone)
                ended.Add(ActivitySettling.Gone(row, "the record was deleted", now));
            else if (reading.IsPassing)
                ended.Add(ActivitySettling.Of(row, new(row.Activity.Key, WriteOutcome.NotSent, reading.Reason), connection.Adapter.SettleTime, now));
            else
                alive.Add(reading.MovedTo is { } survivor ? row with { Activity = row.Activity with { LeadId = survivor } } : row);
        }
        return alive;
    }

    /// <summary>The pass that asked for it has read the lead, seconds ago.</summary>
    private static bool IsJustAskedFor(ActivityRow row, DateTimeOffset now) => row.Tries == 0 && now - row.NotBefore < Fresh;

    private void Tell(List<ActivityRow> rows)
    {
        foreach (var row in rows.Where(r => r.State == ActivityState.Refused))
            LogLine.Refused(log, new LeadRef(row.Connection, row.Activity.LeadId), row.Activity.Kind, row.Reason);
        foreach (var ((connection, reason), count) in rows.Where(r => r.SettledAt is null).CountBy(r => (r.Connection, r.Reason)))
            LogLine.Waits(log, connection, count, reason);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{LeadRef}: the CRM refused a {Kind} ({Reason}).")]
        public static partial void Refused(ILogger logger, LeadRef leadRef, ActivityKind kind, string? reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Connection}: {Count} tasks and notes are sent again later ({Reason}).")]
        public static partial void Waits(ILogger logger, string connection, int count, string? reason);
    }
}
