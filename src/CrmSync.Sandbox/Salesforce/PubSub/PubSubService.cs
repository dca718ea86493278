using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.PubSub.Wire;
using Grpc.Core;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>The event bus: topics, schemas and subscriptions.</summary>
internal sealed class PubSubService(World world, IStreamOrgs orgs, CancellationToken stopping) : Wire.PubSub.PubSubBase
{
    private const string AllChanges = "/data/ChangeEvents";
    private const string Prefix = "/data/";
    private const string Suffix = "ChangeEvent";
    private long calls;

    public override Task<TopicInfo> GetTopic(TopicRequest request, ServerCallContext context) => Answer(context, (org, rpcId) =>
    {
        var entity = EntityOf(request.TopicName, rpcId);
        return new TopicInfo
        {
            TopicName = request.TopicName,
            TenantGuid = org.Org.Secret("tenant"),
            CanPublish = false,
            CanSubscribe = true,
            SchemaId = org.Feed.Schema(org.Org.Table(entity ?? "Lead").Schema).Id,
            RpcId = rpcId,
        };
    });

    public override Task<SchemaInfo> GetSchema(SchemaRequest request, ServerCallContext context) => Answer(context, (org, rpcId) =>
        org.Feed.FindSchema(request.SchemaId) is { } schema
            ? new SchemaInfo { SchemaJson = schema.ToJson(), SchemaId = schema.Id, RpcId = rpcId }
            : throw StreamErrors.Of(StatusCode.NotFound, "schema.not.found", "The schema isn't available.", rpcId));

    public override async Task Subscribe(IAsyncStreamReader<FetchRequest> requestStream, IServerStreamWriter<FetchResponse> responseStream, ServerCallContext context)
    {
        var rpcId = NextId();
        var org = world.Take(now => Authenticate(context, now, rpcId));
        if (!await requestStream.MoveNext(context.CancellationToken))
        {
            return;
        }

        var first = requestStream.Current;
        var entity = EntityOf(first.TopicName, rpcId);
        var subscription = new StreamSubscription(world, org, first, entity, rpcId);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        await subscription.RunAsync(requestStream, responseStream, ended.Token);
    }

    /// <summary>The object that a topic is about; null for all that are selected.</summary>
    private static string? EntityOf(string topic, string rpcId)
    {
        if (topic == AllChanges)
        {
            return null;
        }

        var name = topic.StartsWith(Prefix, StringComparison.Ordinal) && topic.EndsWith(Suffix, StringComparison.Ordinal) ? topic[Prefix.Length..^Suffix.Length] : "";
        return EventFeed.HasTopic(name) ? name : throw StreamErrors.Of(StatusCode.NotFound, "topic.not.found", "The topic isn't available.", rpcId);
    }

    private Task<T> Answer<T>(ServerCallContext context, Func<StreamOrg, string, T> work)
    {
        var rpcId = NextId();
        return Task.FromResult(world.Take(now => work(Authenticate(context, now, rpcId), rpcId)));
    }

    /// <summary>Who calls stands in three headers of every call.</summary>
    private StreamOrg Authenticate(ServerCallContext context, DateTimeOffset now, string rpcId)
    {
        var headers = context.RequestHeaders;
        if (headers.GetValue("accesstoken") is not { Length: > 0 } token || headers.GetValue("tenantid") is not { Length: > 0 } tenant
            || headers.GetValue("instanceurl") is not { Length: > 0 })
        {
            throw StreamErrors.Of(StatusCode.Unauthenticated, "service.auth.headers.invalid", "The authentication headers are missing or invalid.", rpcId);
        }

        if (world.Faults.Draw("salesforce", "GRPC", context.Method) is { } fault)
        {
            world.Log.Append(new LogEntry { At = now, Crm = "salesforce", Kind = "stream", Identity = "user", Method = "GRPC", Path = context.Method, Fault = fault.Fault });
            throw fault.Fault == "revoke"
                ? StreamErrors.Of(StatusCode.Unauthenticated, "service.auth.error", "The session was ended.", rpcId)
                : StreamErrors.Of(StatusCode.Unavailable, "service.unavailable", "The service is unavailable.", rpcId);
        }

        return orgs.Find(token, now) is { } org && org.Org.Id == tenant
            ? org
            : throw StreamErrors.Of(StatusCode.Unauthenticated, "service.auth.error", "The authentication exchange failed.", rpcId);
    }

    private string NextId() => KeyedRandom.Uuid(0, "rpc/" + Interlocked.Increment(ref calls).ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();
}
