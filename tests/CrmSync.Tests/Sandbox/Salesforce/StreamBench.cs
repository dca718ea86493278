using System.Buffers.Binary;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrmSync.Sandbox.Salesforce.PubSub.Wire;
using CrmSync.Sandbox.Salesforce.Schema;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace CrmSync.Tests.Sandbox.Salesforce;

/// <summary>An org with its event stream, and a client that trusts its certificate.</summary>
internal sealed class StreamBench : IAsyncDisposable
{
    public const string Topic = "/data/LeadChangeEvent";

    private readonly GrpcChannel channel;
    private readonly SocketsHttpHandler handler;

    private StreamBench(OrgBench org)
    {
        Org = org;
        using var trusted = X509Certificate2.CreateFromPem(org.Account.StreamCertificate!);
        var print = trusted.Thumbprint;
        handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && certificate.Thumbprint == print;
        channel = GrpcChannel.ForAddress(org.Account.StreamUrl!, new GrpcChannelOptions { HttpHandler = handler });
        Client = new PubSub.PubSubClient(channel);
        Headers = new Metadata { { "accesstoken", org.Account.Token }, { "instanceurl", org.Account.BaseUrl }, { "tenantid", org.Account.AccountId } };
    }

    public OrgBench Org { get; }

    public PubSub.PubSubClient Client { get; }

    public Metadata Headers { get; }

    public static async Task<StreamBench> StartAsync(SalesforceSwitches? switches = null) => new(await OrgBench.StartAsync(switches, pubSubPort: 0));

    public static ByteString Replay(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>Asks once, for this many events from a place, or from the beginning of what is kept.</summary>
    public async Task<AsyncDuplexStreamingCall<FetchRequest, FetchResponse>> SubscribeAsync(int number, ByteString? from = null, string topic = Topic)
    {
        var call = Client.Subscribe(Headers, cancellationToken: OrgBench.Stop);
        var request = new FetchRequest
        {
            TopicName = topic,
            NumRequested = number,
            ReplayPreset = from is null ? ReplayPreset.Earliest : ReplayPreset.Custom,
            ReplayId = from ?? ByteString.Empty,
        };
        try
        {
            await call.RequestStream.WriteAsync(request, OrgBench.Stop);
        }
        catch (RpcException)
        {
            // A call that was refused at once cannot be written to; the answer tells why.
        }

        return call;
    }

    /// <summary>The headers of this many events.</summary>
    public static async Task<List<EventHead>> ReadAsync(AsyncDuplexStreamingCall<FetchRequest, FetchResponse> call, int number)
    {
        var heads = new List<EventHead>();
        while (heads.Count < number && await call.ResponseStream.MoveNext(OrgBench.Stop))
        {
            heads.AddRange(call.ResponseStream.Current.Events.Select(item => EventHead.Read(item)));
        }

        return heads;
    }

    /// <summary>The reason that a subscription is refused for.</summary>
    public static async Task<(StatusCode Status, string? Reason)> RefusalAsync(AsyncDuplexStreamingCall<FetchRequest, FetchResponse> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(OrgBench.Stop))
            {
            }
        });
        return (error.StatusCode, error.Trailers.GetValue("error-code")?["sfdc.platform.eventbus.grpc.".Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        handler.Dispose();
        await Org.DisposeAsync();
    }
}

/// <summary>The head of a change event, read by hand.</summary>
internal sealed record EventHead(string Entity, IReadOnlyList<string> Ids, int Kind, string Origin, string Transaction, long Sequence, long At, string User,
    IReadOnlyList<string> Nulled, IReadOnlyList<string> Changed)
{
    public ByteString Replay { get; private init; } = ByteString.Empty;

    public string SchemaId { get; private init; } = "";

    public static EventHead Read(ConsumerEvent item)
    {
        var bytes = item.Event.Payload.ToByteArray();
        var place = 0;
        var entity = Text();
        var ids = Texts();
        var (kind, origin, transaction, sequence, at) = ((int)Long(), Text(), Text(), Long(), Long());
        _ = Long();
        var user = Text();
        var nulled = Texts();
        _ = Texts();
        return new EventHead(entity, ids, kind, origin, transaction, sequence, at, user, nulled, Texts()) { Replay = item.ReplayId, SchemaId = item.Event.SchemaId };

        long Long()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = bytes[place++];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return (long)(value >> 1) ^ -(long)(value & 1);
                }
            }
        }

        string Text()
        {
            var length = (int)Long();
            place += length;
            return Encoding.UTF8.GetString(bytes, place - length, length);
        }

        List<string> Texts()
        {
            var texts = new List<string>();
            for (var count = Long(); count > 0; count = Long())
            {
                for (; count > 0; count--)
                {
                    texts.Add(Text());
                }
            }

            return texts;
        }
    }
}
