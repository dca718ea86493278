using System.Text.Json;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What a command asks of the worker that holds the data.</summary>
internal sealed record StoreRequestBody(string Connection, string? LeadId = null)
{
    /// <summary>Of going live: which old leads may be offered; null: none.</summary>
    public BacklogWish? Backlog { get; init; }

    /// <summary>Of a withdrawal: offers made since.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Carries out the changes that commands ask for through the store, whether the worker runs or not.</summary>
internal sealed class RequestsWork(
    IReadOnlyDictionary<string, ConnectedCrm> connections, Brake brake, StandingOrders orders, ConnectionMemory memory, ISyncStore store) : IRecurringWork
{
    public const string GoLive = "go-live";
    public const string Approve = "approve";
    public const string Withdraw = "withdraw";
    public const string Replay = "quarantine-replay";
    public const string Drop = "quarantine-drop";

    public string Name => "requests";
    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var request in await store.AskedAsync(cancellationToken))
        {
            await store.AnswerAsync(request.Id, await TryAsync(request, now, cancellationToken), now, cancellationToken);
        }
    }

    /// <summary>One that cannot be carried out is answered so, and keeps none of the others waiting.</summary>
    private async Task<string> TryAsync(StoreRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var body = JsonSerializer.Deserialize<StoreRequestBody>(request.Body, JsonSerializerOptions.Web)!;
            var answer = await DoAsync(request.Kind, body, now, cancellationToken);
            connections.GetValueOrDefault(body.Connection)?.Bell.Ring();
            return answer;
        }
        catch (Exception failure) when (failure is StoreException or JsonException)
        {
            return $"failed: {failure.Message}";
        }
    }

    private async Task<string> GoLiveAsync(string name, BacklogWish? backlog, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (connections.GetValueOrDefault(name)?.ConfiguredMode == ConnectionMode.Shadow)
            return $"not live: Connections:{name}:Mode says shadow; remove it, restart, and go live again";
        if (await memory.InstantAsync(name, ConnectionMemory.StartAt, cancellationToken) is { } since)
            return $"live since {since:yyyy-MM-dd HH:mm}Z already{(backlog is null ? "" : "; a backlog is chosen at going live only, and none was added")}";
        await memory.RememberAsync(name, ConnectionMemory.StartAt, now, cancellationToken);
        return backlog is null ? "live" : $"live; {await orders.Backlog.OrderAsync(name, backlog, now, cancellationToken)} old leads may be offered";
    }

    private async Task<string> ApproveAsync(StoreRequestBody body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (body.LeadId is not { } id)
        {
            if (await memory.InstantAsync(body.Connection, ConnectionMemory.BrakeAt, cancellationToken) is null)
                return "no brake is on; nothing is released";
            return $"{await brake.ApproveAsync(body.Connection, now, cancellationToken)} leads are looked at again";
        }
        if (!(await store.FindAsync(body.Connection, [id], cancellationToken)).TryGetValue(id, out var lead))
            return $"no lead {id} was ever seen; check the id in the CRM";
        if (lead.Memory.Parked is null)
            return $"lead {id} is not parked";
        await memory.RememberAsync(body.Connection, ConnectionMemory.LetGo + lead.LeadKey, now, cancellationToken);
        await store.AcceptAsync(body.Connection, [new($"let-go:{now.ToUnixTimeMilliseconds()}:{lead.LeadKey}", id)], now, cancellationToken);
        return $"lead {id} is let go and looked at again";
    }

    private async Task<string> DoAsync(string kind, StoreRequestBody body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case GoLive:
                return await GoLiveAsync(body.Connection, body.Backlog, now, cancellationToken);
            case Approve:
                return await ApproveAsync(body, now, cancellationToken);
            case Withdraw:
                return $"{await orders.Withdrawals.OrderAsync(body.Connection, body.Since ?? now, now, cancellationToken)} offers are taken back";
            case Replay:
                return $"{await store.UnquarantineAsync(body.Connection, body.LeadId, replay: true, now, cancellationToken)} leads are looked at again";
            case Drop:
                return $"{await store.UnquarantineAsync(body.Connection, body.LeadId, replay: false, now, cancellationToken)} leads dropped";
            default:
                return $"unknown request '{kind}'";
        }
    }
}
