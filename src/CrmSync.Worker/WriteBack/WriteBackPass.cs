using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Carries decided effects into the CRM, each at most once: guard by a read, write with the marker in the same request,
/// verify, settle. What a lost reply leaves open, <see cref="UnknownPass"/> settles by reading.
/// </summary>
/// <param name="catalogue">The facts that the rules in force may ask for: what the look after a write reads.</param>
internal sealed class WriteBackPass(ISyncStore store, ConnectionMemory memory, TimeProvider clock, Func<FactCatalogue> catalogue, EchoCounts echoes)
{
    /// <summary>Answers how many effects were settled or handed on.</summary>
    /// <param name="onlyFull">Less than the CRM takes in one request waits for more.</param>
    public async Task<int> RunAsync(ConnectedCrm connection, bool onlyFull, CancellationToken cancellationToken)
    {
        var intents = await store.IntentsAsync(connection.Name, [IntentState.Pending], connection.Adapter.BatchSize, clock.GetUtcNow(), cancellationToken);
        // What was decided before a connection went back to shadow waits until it is live again.
        if (intents.Count == 0 || (onlyFull && intents.Count < connection.Adapter.BatchSize) || await memory.LiveSinceAsync(connection, clock.GetUtcNow(), cancellationToken) is null)
            return 0;
        var settlements = new List<Settlement>(intents.Count);
        var allowed = await GuardAsync(connection, intents, settlements, cancellationToken);
        if (allowed.Count > 0)
            settlements.AddRange(await WriteAsync(connection, allowed, cancellationToken));
        await store.SettleAsync(settlements, clock.GetUtcNow(), cancellationToken);
        echoes.Add(connection.Name, settlements);
        return settlements.Count;
    }

    /// <summary>
    /// Reads every lead once more; what differs from what was judged is settled without a write, and so is what an earlier
    /// sending has brought there after all.
    /// </summary>
    private async Task<List<Guarded>> GuardAsync(
        ConnectedCrm connection, IReadOnlyList<IntentRow> intents, List<Settlement> settlements, CancellationToken cancellationToken)
    {
        var guardedAt = clock.GetUtcNow();
        var readings = await connection.Adapter.ReadAsync([.. intents.Select(i => i.LeadId)], ReadDepth.Guard, FactCatalogue.BuiltIn, cancellationToken);
        var leads = await store.FindByKeyAsync([.. intents.Select(i => i.LeadKey)], cancellationToken);
        var (allowed, confirmed) = (new List<Guarded>(intents.Count), new List<(Guarded, CrmLead)>());
        for (var i = 0; i < intents.Count; i++)
        {
            var lead = leads[intents[i].LeadKey];
            if (Confirmed.Is(intents[i], readings[i]))
            {
                confirmed.Add((new(intents[i], lead), readings[i].Lead!));
                continue;
            }
            var intent = intents[i] with { Body = intents[i].Body with { GuardedAt = readings[i].Lead?.ModifiedAt ?? guardedAt } };
            if (WriteGuard.Check(intent, lead, readings[i], guardedAt) is { } settled)
                settlements.Add(settled);
            else
                allowed.Add(new(intent, lead));
        }
        settlements.AddRange(await Confirmed.SettleAsync(connection, confirmed, guardedAt, cancellationToken));
        return allowed;
    }

    private async Task<IEnumerable<Settlement>> WriteAsync(ConnectedCrm connection, List<Guarded> allowed, CancellationToken cancellationToken)
    {
        var writes = allowed.Select(g => new LeadWrite(
            g.Intent.LeadId, g.Intent.TransitionId, g.Intent.Body.StageStep, g.Intent.Body.ToStage, g.Intent.Body.Fields)
        {
            OwnerId = g.Intent.Body.OwnerId,
            StageValue = g.Intent.Body is { ToStage: null, TargetStage: var value } ? value : null,
        }).ToList();
        var results = await connection.Adapter.WriteAsync(writes, cancellationToken);
        if (results.Any(r => r.IsOfAccount))
            connection.Gate.Doubt();
        var looks = await Overwritten.FindAsync(connection, allowed, results, catalogue(), cancellationToken);
        var now = clock.GetUtcNow();
        return allowed.Zip(results, (effect, result) => Settle(connection, effect, looks.IsWhole ? result : Unseen(connection, effect.Intent, result), looks.Found.GetValueOrDefault(effect.Intent.TransitionId), now));
    }

    private static Settlement Settle(ConnectedCrm connection, Guarded effect, LeadWriteResult result, (CrmLead Lead, Overlap? Overlap) look, DateTimeOffset now) =>
        (look.Overlap ?? Overwritten.Beside(effect.Intent, result)) is { } overlap
            ? OverlapSettling.Of(effect.Intent, effect.Lead, overlap, result.Outcome, now)
            : OwnEcho.Drop(Settling.Written(effect.Intent, effect.Lead, result, connection.Adapter.SettleTime, now), look.Lead);

    /// <summary>
    /// What stands beside our write the next reading of the lead shows; what our write has emptied no later reading shows. A write that
    /// empties a field, and could not be looked back at, is looked at once more before it counts as done.
    /// </summary>
    private static LeadWriteResult Unseen(ConnectedCrm connection, IntentRow intent, LeadWriteResult result) =>
        result is { Outcome: WriteOutcome.Applied, Shown: null } && connection.Adapter.KeepsHistoryOf(intent.LeadId)
            && (OverwrittenRequest.MayBe(intent) || Emptied.ByStep(intent) || intent.Step == IntentStep.Clear)
            ? result with { Outcome = WriteOutcome.Unknown, Reason = "written; what it took the place of could not be looked at yet" }
            : result;
}
