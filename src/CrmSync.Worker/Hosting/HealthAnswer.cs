using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Worker.Hosting;

/// <summary>
/// What <c>/health/ready</c> says. A connection that needs an admin makes the answer degraded and never an error: webhooks
/// are stored all the same.
/// </summary>
/// <param name="Status"><c>ready</c> or <c>degraded</c>.</param>
/// <param name="AuditHead">The newest row of the audit.</param>
/// <param name="RestoredAt">When the store was found to be an older one than the CRM knows; degraded until every account was swept since. Null: never.</param>
internal sealed record HealthAnswer(string Status, long AuditHead, DateTimeOffset? RestoredAt, IReadOnlyList<ConnectionHealth> Connections)
{
    public static async Task<HealthAnswer> OfAsync(HttpContext context)
    {
        var (services, cancellationToken) = (context.RequestServices, context.RequestAborted);
        var (store, memory) = (services.GetRequiredService<ISyncStore>(), services.GetRequiredService<ConnectionMemory>());
        var connections = new List<ConnectionHealth>();
        var isReady = true;
        var restored = (await store.RestoredAsync(cancellationToken))?.At;
        foreach (var connection in services.GetRequiredService<IReadOnlyList<ConnectedCrm>>())
        {
            var braked = await memory.InstantAsync(connection.Name, ConnectionMemory.BrakeAt, cancellationToken);
            var gate = connection.Gate;
            isReady &= restored is null || await memory.InstantAsync(connection.Name, ConnectionMemory.SweepEnded, cancellationToken) > restored;
            isReady &= gate.Attention is null && gate.MayWrite && braked is null;
            connections.Add(new(connection.Name, gate.Attention, gate.Problems.Count(p => p.Reach != ProblemReach.Hint), braked, connection.Adapter.Quotas));
        }
        return new(isReady ? "ready" : "degraded", (await store.HeadAsync(cancellationToken)).Sequence, restored, connections);
    }
}

/// <summary>One connection's health.</summary>
/// <param name="Attention">What an admin must do; null when nothing.</param>
/// <param name="Problems">How many things stop reading or writing.</param>
/// <param name="BrakedSince">Since when the brake on mass moves is on; null: it is not.</param>
/// <param name="Quotas">How the CRM's quotas of a day stand.</param>
internal sealed record ConnectionHealth(string Name, string? Attention, int Problems, DateTimeOffset? BrakedSince, IReadOnlyList<QuotaStatus> Quotas);
