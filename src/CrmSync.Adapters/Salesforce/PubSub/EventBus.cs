using System.Net.Security;
using CrmSync.Adapters.Salesforce.PubSub.Wire;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace CrmSync.Adapters.Salesforce.PubSub;

/// <summary>What every call carries: a session, where the org lives, and which it is.</summary>
internal sealed record BusPass(Secret Session, Uri Instance, string OrgId)
{
    public Metadata Headers => new()
    {
        { "accesstoken", Session.Reveal() }, { "instanceurl", Instance.GetLeftPart(UriPartial.Authority) }, { "tenantid", OrgId },
    };
}

/// <summary>The way to Salesforce's event bus. Over it go names of topics and places in them; nothing is written.</summary>
internal sealed class EventBus : IDisposable
{
    private static readonly TimeSpan SchemaTimeout = TimeSpan.FromSeconds(10);
    private readonly SocketsHttpHandler _handler;
    private readonly GrpcChannel _channel;
    private readonly Wire.PubSub.PubSubClient _client;

    public EventBus(Uri address)
    {
        // A line that died without a word is found out by pings long before the silence between two answers would show it.
        _handler = new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(5), KeepAlivePingDelay = TimeSpan.FromSeconds(60), KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            UseCookies = false, AllowAutoRedirect = false,
        };
        // On this machine itself, where a sandbox runs, plain HTTP would do as well: nobody need vouch for its certificate.
        if (address.IsLoopback)
            _handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateChainErrors;
        _channel = GrpcChannel.ForAddress(address, new() { HttpHandler = _handler });
        _client = new(_channel);
    }

    /// <summary>Subscribes behind a place; null: to what comes from now on.</summary>
    public async Task<EventCall> OpenAsync(BusPass pass, string topic, ReadOnlyMemory<byte>? place, CancellationToken cancellationToken)
    {
        var call = new EventCall(_client.Subscribe(pass.Headers, cancellationToken: cancellationToken), topic);
        try
        {
            await call.AskAsync(
                new()
                {
                    ReplayPreset = place is null ? ReplayPreset.Latest : ReplayPreset.Custom,
                    ReplayId = place is { } known ? ByteString.CopyFrom(known.Span) : ByteString.Empty,
                },
                EventCall.Credit, cancellationToken).ConfigureAwait(false);
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    public async Task<AvroType> SchemaAsync(BusPass pass, string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SchemaTimeout);
        var info = await _client.GetSchemaAsync(new() { SchemaId = id }, pass.Headers, cancellationToken: limit.Token).ConfigureAwait(false);
        return AvroType.Parse(info.SchemaJson);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _handler.Dispose();
    }
}
