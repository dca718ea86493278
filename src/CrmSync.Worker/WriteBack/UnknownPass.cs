using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Settles effects whose outcome is unknown, by reading after the settle time: our marker there confirms; nothing changed
/// on two readings allows one resend; anything else is a conflict.
/// </summary>
internal sealed class UnknownPass(ISyncStore store, TimeProvider clock)
{
    private const int Batch = 100;

    /// <summary>Answers how many effects were read.</summary>
    public async Task<int> RunAsync(ConnectedCrm connection, CancellationToken cancellationToken)
    {
        var intents = await store.IntentsAsync(connection.Name, [IntentState.Unknown, IntentState.Sent], Batch, clock.GetUtcNow(), cancellationToken);
        if (intents.Count == 0)
            return 0;
        var readings = await connection.Adapter.ReadAsync([.. intents.Select(i => i.LeadId)], ReadDepth.Guard, FactCatalogue.BuiltIn, cancellationToken);
        var leads = await store.FindByKeyAsync([.. intents.Select(i => i.LeadKey)], cancellationToken);
        var overwritten = await OverwrittenAsync(connection, intents, leads, readings, cancellationToken);
        var now = clock.GetUtcNow();
        var settlements = intents
            .Select((intent, i) => overwritten.TryGetValue(intent.TransitionId, out var overlap)
                ? OverlapSettling.Of(intent, leads[intent.LeadKey], overlap, WriteOutcome.Applied, now)
                : Read(intent, leads[intent.LeadKey], readings[i], connection.Adapter.SettleTime, now))
            .ToList();
        await store.SettleAsync(settlements, now, cancellationToken);
        return settlements.Count;
    }

    /// <summary>Of the effects that our marker confirms, those that somebody else was just before.</summary>
    private static async Task<IReadOnlyDictionary<string, Overlap>> OverwrittenAsync(
        ConnectedCrm connection, IReadOnlyList<IntentRow> intents, IReadOnlyDictionary<string, LeadRecord> leads, IReadOnlyList<CrmReading> readings,
        CancellationToken cancellationToken)
    {
        var confirmed = intents
            .Where((intent, i) => readings[i].Lead is { } crm && WriteGuard.MarkerOf(crm) == intent.Body.Marker)
            .Select(intent => new Guarded(intent, leads[intent.LeadKey]))
            .ToList();
        var results = confirmed.Select(g => new LeadWriteResult(g.Intent.LeadId, g.Intent.TransitionId, WriteOutcome.Applied)).ToList();
        return await Overwritten.FindAsync(connection, confirmed, results, cancellationToken);
    }

    private static Settlement Read(IntentRow intent, LeadRecord lead, CrmReading reading, TimeSpan settleTime, DateTimeOffset now)
    {
        if (reading.Kind == CrmReadingKind.Gone)
            return Settling.Gone(intent, now);
        if (reading.Lead is not { } crm)
            return Settling.Conflict(intent, lead, "the record was merged, converted or could not be read", now);
        if (WriteGuard.MarkerOf(crm) == intent.Body.Marker)
            return Settling.Applied(intent, lead, now);
        if (crm.StageValue != intent.Body.ExpectedStage || WriteGuard.MarkerOf(crm) != intent.Body.ExpectedMarker)
            return Settling.Conflict(intent, lead, "the record changed while the outcome was unknown", now);
        return intent switch
        {
            { Reads: 0 } => new(intent with { State = IntentState.Unknown, Reads = 1, NotBefore = now + settleTime }),
            { Sends: <= 1 } => new(intent with { State = IntentState.Pending, Reads = 0, NotBefore = now }),
            _ => Settling.Conflict(intent, lead, "sent twice, and the CRM shows neither", now),
        };
    }
}
