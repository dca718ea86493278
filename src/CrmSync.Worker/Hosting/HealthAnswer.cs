using System.Text.Json.Serialization;
using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmSync.Worker.Hosting;

/// <summary>
/// What <c>/health/ready</c> says. A connection that needs an admin makes the answer degraded and never an error: webhooks
/// are stored all the same. Only a store that takes no write, or a worker about to stop, is not ready.
/// </summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>unready</c>.</param>
/// <param name="Store">Why the store takes no write; null: it does.</param>
/// <param name="RuleErrors">Errors in the rule file as it lies there; while there are any, the rules before it are in force.</param>
/// <param name="AuditHead">The newest row of the audit.</param>
/// <param name="RestoredAt">When the store was found to be an older one than the CRM knows; degraded until every account was swept since. Null: never.</param>
internal sealed record HealthAnswer(
    string Status, string? Store, int RuleErrors, long AuditHead, DateTimeOffset? RestoredAt, IReadOnlyList<ConnectionHealth> Connections)
{
    [JsonIgnore]
    public bool IsReady => Status != "unready";

    public static async Task<HealthAnswer> OfAsync(HttpContext context)
    {
        var (services, cancellationToken) = (context.RequestServices, context.RequestAborted);
        var (store, memory) = (services.GetRequiredService<ISyncStore>(), services.GetRequiredService<ConnectionMemory>());
        if (services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
            return new("unready", "It is being stopped.", 0, 0, null, []);
        if (await services.GetRequiredService<StoreProbe>().ProblemAsync(cancellationToken) is { } problem)
            return new("unready", problem, 0, 0, null, []);
        var connections = new List<ConnectionHealth>();
        var ruleErrors = services.GetRequiredService<RuleSource>().Errors;
        var isWell = ruleErrors == 0;
        var restored = (await store.RestoredAsync(cancellationToken))?.At;
        foreach (var connection in services.GetRequiredService<IReadOnlyList<ConnectedCrm>>())
        {
            var braked = await memory.InstantAsync(connection.Name, ConnectionMemory.BrakeAt, cancellationToken);
            var gate = connection.Gate;
            isWell &= restored is null || await memory.InstantAsync(connection.Name, ConnectionMemory.SweepEnded, cancellationToken) > restored;
            isWell &= gate.Attention is null && gate.MayWrite && braked is null;
            connections.Add(new(connection.Name, gate.Attention, gate.Problems.Count(p => p.Reach != ProblemReach.Hint), braked, connection.Streams.ToDictionary(), connection.Adapter.Quotas));
        }
        return new(isWell ? "ready" : "degraded", null, ruleErrors, (await store.HeadAsync(cancellationToken)).Sequence, restored, connections);
    }
}

/// <summary>One connection's health.</summary>
/// <param name="Attention">What an admin must do; null when nothing.</param>
/// <param name="Problems">How many things stop reading or writing.</param>
/// <param name="BrakedSince">Since when the brake on mass moves is on; null: it is not.</param>
/// <param name="Streams">How listening to the CRM goes; without it changes are found by polling, which is no fault.</param>
/// <param name="Quotas">How the CRM's quotas of a day stand.</param>
internal sealed record ConnectionHealth(
    string Name, string? Attention, int Problems, DateTimeOffset? BrakedSince, IReadOnlyDictionary<string, StreamHealth> Streams,
    IReadOnlyList<QuotaStatus> Quotas);
