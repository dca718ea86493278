using System.Buffers.Binary;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.PubSub.Wire;
using Google.Protobuf;
using Grpc.Core;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>One client that reads along: it asks for a number of events, and gets no more than those.</summary>
internal sealed class StreamSubscription(World world, StreamOrg org, FetchRequest first, string? entity, string rpcId)
{
    /// <summary>Less than any event has.</summary>
    private const int CutTo = 3;

    private readonly StreamDemand demand = new(first.TopicName, rpcId);

    public async Task RunAsync(IAsyncStreamReader<FetchRequest> requests, IServerStreamWriter<FetchResponse> responses, CancellationToken cancellationToken)
    {
        var position = world.Take(Start);
        demand.Ask(first);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = demand.ListenAsync(requests, ended.Token);
        try
        {
            while (!demand.IsOver)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (wake, arrival) = (demand.Change, world.Take(_ => org.Feed.Arrival));
                var response = world.Take(now => Next(ref position, now));
                if (response is not null)
                {
                    await responses.WriteAsync(response, cancellationToken);
                    continue;
                }

                var silence = org.Org.Switches.KeepAliveSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
                var quiet = Task.Delay(silence, world.Clock.Timers, ended.Token);
                if (await Task.WhenAny(wake, arrival, quiet) == quiet && demand.Pending > 0 && !cancellationToken.IsCancellationRequested)
                {
                    await responses.WriteAsync(world.Take(now => Response([], position = org.Feed.Latest(now))), cancellationToken);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await listening;
        }

        demand.ThrowIfRefused();
    }

    private static long Decode(ByteString id) => id.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(id.Span) : -1;

    private static ByteString Encode(long replay)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, replay);
        return ByteString.CopyFrom(bytes);
    }

    private long Start(DateTimeOffset now) => first.ReplayPreset switch
    {
        ReplayPreset.Latest => org.Feed.Latest(now),
        ReplayPreset.Earliest => 0,
        _ when first.ReplayId.IsEmpty => throw Error("subscription.fetch.replayid.validation.failed", "The replay id is missing."),
        _ => Decode(first.ReplayId) is var replay && org.Feed.IsKept(replay, now) && !Strikes("REPLAY", now)
            ? replay
            : throw Error("subscription.fetch.replayid.corrupted", "The replay id is not valid, or older than the events that are kept."),
    };

    /// <summary>Events that wait, if the client has room for any; null when there is nothing to send.</summary>
    private FetchResponse? Next(ref long position, DateTimeOffset now)
    {
        var found = org.Feed.After(position, entity, Math.Min(demand.Pending, StreamDemand.MostEvents), now);
        if (found.Count == 0)
        {
            return null;
        }

        if (Strikes("STREAM", now))
        {
            throw StreamErrors.Of(StatusCode.Unavailable, "service.unavailable", "The stream was cut.", rpcId);
        }

        if (found.Any(_ => !org.Meter.TryCountEvent(now, org.Org.Switches.DailyEvents)))
        {
            throw StreamErrors.Of(StatusCode.ResourceExhausted, "subscription.limit.exceeded", "The daily allowance of events is used up.", rpcId);
        }

        demand.Fill(found.Count);
        position = found[^1].Replay;
        found.ToList().ForEach(item => world.Log.Append(Line(now, "GRPC") with { Reply = "sent", Events = [item.Name], About = item.Told }));
        return Response(found, position);
    }

    /// <summary>Whether a fault was laid out for this moment of the stream.</summary>
    private bool Strikes(string moment, DateTimeOffset now)
    {
        if (world.Faults.Draw("salesforce", moment, first.TopicName) is not { } fault)
        {
            return false;
        }

        world.Log.Append(Line(now, moment) with { Fault = fault.Fault });
        return true;
    }

    private LogEntry Line(DateTimeOffset now, string moment) =>
        new() { At = now, Crm = "salesforce", AccountId = org.Org.Id, Kind = "stream", Identity = "user", Method = moment, Path = first.TopicName };

    private FetchResponse Response(IReadOnlyList<ChangeEvent> events, long latest)
    {
        var response = new FetchResponse { LatestReplayId = Encode(latest), RpcId = rpcId, PendingNumRequested = demand.Pending };
        response.Events.AddRange(events.Select(item => new ConsumerEvent
        {
            ReplayId = Encode(item.Replay),
            Event = new ProducerEvent { Id = KeyedRandom.Uuid(org.Org.Seed, $"event/{item.Replay}").ToString(), SchemaId = item.Schema.Id,
                Payload = ByteString.CopyFrom(Bytes(item)) },
        }));
        return response;
    }

    private byte[] Bytes(ChangeEvent item) =>
        org.Org.Switches.CutEventEvery > 0 && item.Replay % org.Org.Switches.CutEventEvery == 0 ? item.Encode()[..CutTo] : item.Encode();

    private RpcException Error(string reason, string message) => StreamErrors.Of(StatusCode.InvalidArgument, reason, message, rpcId);
}
