using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Effects that our marker in the CRM confirms although no reply did: applied, and looked at like any other for somebody who
/// was there just before.
/// </summary>
internal static class Confirmed
{
    public static bool Is(IntentRow intent, CrmReading reading) => reading.Lead is { } crm && WriteGuard.MarkerOf(crm) == intent.Body.Marker;

    /// <param name="effects">Intents as they were when last sent, not as a later guard saw the record.</param>
    public static async Task<IEnumerable<Settlement>> SettleAsync(
        ConnectedCrm connection, List<Guarded> effects, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var results = effects.Select(g => new LeadWriteResult(g.Intent.LeadId, g.Intent.TransitionId, WriteOutcome.Applied)).ToList();
        var overwritten = await Overwritten.FindAsync(connection, effects, results, cancellationToken);
        return effects.Select(g => overwritten.TryGetValue(g.Intent.TransitionId, out var overlap)
            ? OverlapSettling.Of(g.Intent, g.Lead, overlap, WriteOutcome.Applied, now)
            : Settling.Applied(g.Intent, g.Lead, now));
    }
}
