using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Settles effects whose outcome is unknown, by reading after the settle time: our marker there confirms, where our stage came
/// with it; nothing changed on two readings allows one resend; anything else is a conflict.
/// </summary>
internal sealed class UnknownPass(ISyncStore store, TimeProvider clock, UnknownCounts counts)
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
        var now = clock.GetUtcNow();
        var (confirmed, settlements) = (new List<(Guarded, CrmLead)>(), new List<Settlement>(intents.Count));
        foreach (var (intent, reading) in intents.Zip(readings))
        {
            if (Confirmed.Is(intent, reading))
                confirmed.Add((new(intent, leads[intent.LeadKey]), reading.Lead!));
            else
                settlements.Add(Read(intent, leads[intent.LeadKey], reading, connection.Adapter.SettleTime, now));
        }
        settlements.AddRange(await Confirmed.SettleAsync(connection, confirmed, now, cancellationToken));
        await store.SettleAsync(settlements, now, cancellationToken);
        settlements.ForEach(counts.Add);
        return settlements.Count;
    }

    private static Settlement Read(IntentRow intent, LeadRecord lead, CrmReading reading, TimeSpan settleTime, DateTimeOffset now)
    {
        if (reading.Kind == CrmReadingKind.Gone)
            return Settling.Gone(intent, now);
        // The CRM is not of one mind yet: gone, or moved on, the next look will tell.
        if (reading.IsPassing)
            return new(intent with { State = IntentState.Unknown, NotBefore = now + settleTime });
        if (reading.Lead is not { } crm)
            return Settling.Conflict(intent, lead, "the record was merged, converted or could not be read", now);
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
