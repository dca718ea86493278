using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using CrmSync.Sandbox.Salesforce.PubSub;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>Connections that end before an answer: the runtime would send such a request again by itself, where nobody counts it.</summary>
public sealed class SentOnceTests : IDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _arrived = new();
    private readonly Counter _counter = new();
    private int _deaf;
    private bool _closes;
    private X509Certificate2? _certificate;

    public SentOnceTests()
    {
        _door.Start();
        _ = ListenAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task What_is_no_read_arrives_once_and_its_outcome_is_unknown(string method)
    {
        var client = Client(reads: false);
        await AskAsync(client, "GET", "/warm");
        _deaf = 1;

        var failed = await Assert.ThrowsAsync<CrmException>(() => AskAsync(client, method, "/x"));

        Assert.Equal((CrmFailure.Transient, true), (failed.Failure, failed.OutcomeUnknown));
        Assert.Equal(["/warm", "/x"], _arrived);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_repetition_of_a_read_is_counted(bool isWarm)
    {
        var client = Client(reads: true);
        if (isWarm)
            await AskAsync(client, "GET", "/warm");
        _deaf = 2;

        await AskAsync(client, "GET", "/x");

        Assert.Equal(3, _arrived.Count(path => path == "/x"));
        Assert.Equal(_arrived, _counter.Sent);
    }

    [Fact]
    public async Task A_repetition_that_cannot_be_dialled_leaves_the_outcome_unknown()
    {
        var client = Client(reads: false);
        await AskAsync(client, "GET", "/warm");
        (_deaf, _closes) = (1, true);

        var failed = await Assert.ThrowsAsync<CrmException>(() => AskAsync(client, "DELETE", "/x"));

        Assert.Equal((CrmFailure.Transient, true), (failed.Failure, failed.OutcomeUnknown));
        Assert.Equal(["/warm", "/x"], _arrived);
    }

    /// <summary>The runtime watches the tunnel and what goes through it, which are two connections of one request.</summary>
    [Fact]
    public async Task Through_a_proxys_tunnel_requests_go_as_before_and_once()
    {
        using var certificate = SelfSigned.Make(TimeProvider.System.GetUtcNow());
        _certificate = certificate;
        var once = new SentOnce();
        once.InnerHandler = new SocketsHttpHandler
        {
            PlaintextStreamFilter = once.WatchAsync,
            Proxy = new WebProxy(Address),
            SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
        };
        using var client = new HttpClient(once) { BaseAddress = new("https://crm.test") };

        await AskAsync(client, "GET", "/a");
        await AskAsync(client, "POST", "/b");
        await AskAsync(client, "GET", "/c");
        _deaf = 1;
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, "GET", "/d"));

        Assert.Equal(["crm.test:443", "/a", "/b", "/c", "/d"], _arrived.Distinct());
        Assert.Single(_arrived, "/d");
    }

    [Fact]
    public async Task Many_requests_side_by_side_share_connections_as_before()
    {
        var client = Client(reads: true);

        for (var round = 0; round < 3; round++)
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AskAsync(client, "GET", $"/{i}")));

        Assert.Equal(60, _arrived.Count);
    }

    public void Dispose() => _door.Dispose();

    private Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_door.LocalEndpoint).Port}");

    private HttpClient Client(bool reads) => new CrmHttp(new FakeTimeProvider()).Create(
        "main",
        new()
        {
            BaseUrl = Address,
            IsRead = _ => reads,
            Translate = (_, _, _) => Task.FromResult(new CrmException(CrmFailure.Refused, "no")),
        },
        new StaticToken(new Secret("token-1")), _counter);

    private static async Task AskAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method == "POST")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Stop);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(Stop));
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            TcpClient caller;
            try
            {
                caller = await _door.AcceptTcpClientAsync(Stop);
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            _ = AnswerAsync(caller);
        }
    }

    /// <summary>Hears every request, and answers but the next few of them by closing the line.</summary>
    private async Task AnswerAsync(TcpClient caller)
    {
        using (caller)
            await AnswerAsync(caller.GetStream());
    }

    private async Task AnswerAsync(Stream line)
    {
        using var reader = new StreamReader(line, Encoding.ASCII);
        while (await reader.ReadLineAsync(Stop) is { Length: > 0 } request)
        {
            var length = 0;
            while (await reader.ReadLineAsync(Stop) is { Length: > 0 } header)
                if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(header[15..], System.Globalization.CultureInfo.InvariantCulture);
            if (length > 0)
                await reader.ReadBlockAsync(new char[length], Stop);
            _arrived.Enqueue(request.Split(' ')[1]);
            if (request.StartsWith("CONNECT", StringComparison.Ordinal))
            {
                await line.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), Stop);
                await using var tunnel = new SslStream(line);
                await tunnel.AuthenticateAsServerAsync(_certificate!);
                await AnswerAsync(tunnel);
                return;
            }
            if (Interlocked.Decrement(ref _deaf) >= 0)
            {
                if (_closes)
                    _door.Stop();
                return;
            }
            await line.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), Stop);
        }
    }

    /// <summary>Stands where the quota stands.</summary>
    private sealed class Counter : DelegatingHandler
    {
        public ConcurrentQueue<string> Sent { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Enqueue(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
