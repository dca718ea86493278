using System.Text.Json;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What a command asks of the worker that holds the data.</summary>
internal sealed record StoreRequestBody(string Connection, string? LeadId = null);

/// <summary>Carries out the changes that commands ask for through the store, whether the worker runs or not.</summary>
internal sealed class RequestsWork(
    IReadOnlyDictionary<string, ConnectedCrm> connections, Brake brake, ConnectionMemory memory, ISyncStore store) : IRecurringWork
{
    public const string GoLive = "go-live";
    public const string Approve = "approve";
    public const string Replay = "quarantine-replay";
    public const string Drop = "quarantine-drop";

    public string Name => "requests";
    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var request in await store.AskedAsync(cancellationToken))
        {
            var body = JsonSerializer.Deserialize<StoreRequestBody>(request.Body, JsonSerializerOptions.Web)!;
            var answer = await DoAsync(request.Kind, body, now, cancellationToken);
            await store.AnswerAsync(request.Id, answer, now, cancellationToken);
            connections.GetValueOrDefault(body.Connection)?.Bell.Ring();
        }
    }

    private async Task<string> DoAsync(string kind, StoreRequestBody body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case GoLive:
                await memory.RememberAsync(body.Connection, ConnectionMemory.StartAt, now, cancellationToken);
                return "live";
            case Approve:
                return $"{await brake.ApproveAsync(body.Connection, now, cancellationToken)} leads are looked at again";
            case Replay:
                return $"{await store.UnquarantineAsync(body.Connection, body.LeadId, replay: true, now, cancellationToken)} leads are looked at again";
            case Drop:
                return $"{await store.UnquarantineAsync(body.Connection, body.LeadId, replay: false, now, cancellationToken)} leads dropped";
            default:
                return $"unknown request '{kind}'";
        }
    }
}
