using System.IO.Pipelines;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Intake;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private const int Limit = 1024 * 1024;
    private readonly ScratchDirectory _directory = new();
    private readonly StubWebhook _webhook = new();
    private readonly WebhookCounts _counts = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly CollectedLogs _logs = new();
    private SqliteStore _store = null!;
    private WebhookEndpoint _endpoint = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        _endpoint = Endpoint(new FakeCrm().Connect(webhook: _webhook, publicUrl: new("https://sync.example.com/webhooks/main")));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("POST", "/webhooks/other", 404)]
    [InlineData("POST", "/webhooks/Main", 404)]
    [InlineData("POST", "/webhooks/", 404)]
    [InlineData("POST", "/", 404)]
    [InlineData("POST", "/webhooks/main/x", 404)]
    [InlineData("GET", "/webhooks/main", 405)]
    [InlineData("POST", "/webhooks/main", 200)]
    public async Task Answers_at_the_address_of_its_connection_only(string method, string path, int status)
    {
        Assert.Equal(status, await CallAsync("{}", method, path));
        Assert.Equal(status == 200 ? 1 : 0, _counts.ReceivedCount);
    }

    [Fact]
    public async Task Has_no_address_for_a_connection_without_webhooks()
    {
        _endpoint = Endpoint(new FakeCrm().Connect());
        Assert.Equal(404, await CallAsync("{}"));
    }

    [Theory]
    [InlineData(WebhookVerdict.Unauthentic, 401)]
    [InlineData(WebhookVerdict.Malformed, 400)]
    [InlineData(WebhookVerdict.NotYet, 503)]
    public async Task Stores_nothing_that_is_not_authentic(WebhookVerdict verdict, int status)
    {
        _webhook.Reading = new(verdict, [new("contacts", "1", "d1")], 0, 0);
        Assert.Equal(status, await CallAsync("{}"));
        Assert.Equal((0, 1), (await _store.PendingAsync("main", Stop), _counts.RefusedCount));
    }

    [Fact]
    public async Task Events_that_are_left_out_are_told_once_an_hour()
    {
        _webhook.Reading = new(WebhookVerdict.Authentic, [], 0, 2);
        var told = new List<int>();
        foreach (var minutes in new[] { 0, 59, 1 })
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Equal(200, await CallAsync("{}"));
            told.Add(_logs.Warnings.Count(w => w.Contains("correct AccountId", StringComparison.Ordinal)));
        }

        Assert.Equal([1, 1, 2], told);
    }

    [Fact]
    public async Task Stores_leads_by_id_and_other_records_as_hints_once_each()
    {
        _webhook.Reading = new(WebhookVerdict.Authentic, [new("contacts", "1", "d1"), new("companies", "55", "d2")], 3, 2);
        Assert.Equal(200, await CallAsync("{}"));
        Assert.Equal(200, await CallAsync("{}"));
        var taken = await _store.TakeAsync("main", 10, DateTimeOffset.MaxValue.AddDays(-1), TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(["1", "companies/55"], taken.Select(t => t.LeadId).Order(StringComparer.Ordinal));
        Assert.Equal((4, 6, 4), (_counts.HintCount, _counts.IgnoredCount, _counts.BadCount));
    }

    [Fact]
    public async Task Asks_the_sender_to_come_again_when_it_cannot_store()
    {
        _webhook.Reading = new(WebhookVerdict.Authentic, [new("contacts", "1", "d1")], 0, 0);
        await _store.DisposeAsync();
        var context = Context("{}"u8.ToArray());
        await _endpoint.HandleAsync(context);
        Assert.Equal((503, "30"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
    }

    [Theory]
    [InlineData(Limit, true, 200)]
    [InlineData(Limit + 1, true, 413)]
    [InlineData(Limit, false, 200)]
    [InlineData(Limit + 1, false, 413)]
    public async Task Takes_bodies_up_to_a_mebibyte(int length, bool announced, int status)
    {
        var context = Context(new byte[length]);
        context.Request.ContentLength = announced ? length : null;
        await _endpoint.HandleAsync(context);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal(status == 200 ? length : 0, _webhook.Length);
    }

    /// <summary>The server reads on behind a request that was refused, and finds no part of it still in hand.</summary>
    [Fact]
    public async Task What_is_too_long_is_let_go()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[5], Stop);
        using var body = new BodyBuffer(4);

        Assert.False(body.TryFill(pipe.Reader));

        Assert.False(pipe.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Answers_a_cut_body_with_400()
    {
        var context = Context([]);
        context.Request.Body = new CutStream();
        await _endpoint.HandleAsync(context);
        Assert.Equal(400, context.Response.StatusCode);
    }

    [Fact]
    public async Task Checks_the_signature_against_the_configured_address()
    {
        var context = Context("{}"u8.ToArray());
        context.Request.Host = new("proxy.internal");
        context.Request.QueryString = new("?a=1%2F2");
        await _endpoint.HandleAsync(context);
        Assert.Equal("https://sync.example.com/webhooks/main?a=1%2F2", _webhook.Uri!.AbsoluteUri);
    }

    [Fact]
    public async Task Makes_no_valid_signature_of_a_header_given_twice()
    {
        var context = Context("{}"u8.ToArray());
        context.Request.Headers.Append("X-Signature", new(["one", "two"]));
        await _endpoint.HandleAsync(context);
        Assert.Equal("one,two", _webhook.Signature);
    }

    [Fact]
    public async Task Gives_the_bytes_as_they_came()
    {
        var bytes = Enumerable.Range(0, 40_000).Select(i => (byte)i).ToArray();
        using var buffer = new BodyBuffer(bytes.Length);
        Assert.True(await buffer.FillAsync(PipeReader.Create(new MemoryStream(bytes)), Stop));
        Assert.Equal(bytes, buffer.Written.ToArray());
    }

    private WebhookEndpoint Endpoint(ConnectedCrm connection) => new(
        new Dictionary<string, ConnectedCrm> { ["main"] = connection }, _store, new(_store), _counts, _clock, new Logger<WebhookEndpoint>(_logs));

    private async Task<int> CallAsync(string body, string method = "POST", string path = "/webhooks/main")
    {
        var context = Context(Encoding.UTF8.GetBytes(body), method, path);
        await _endpoint.HandleAsync(context);
        return context.Response.StatusCode;
    }

    private static DefaultHttpContext Context(byte[] body, string method = "POST", string path = "/webhooks/main")
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Request.Scheme) = (method, path, "http");
        context.Request.Host = new("localhost");
        context.Request.Body = new MemoryStream(body);
        return context;
    }

    private sealed class StubWebhook : ICrmWebhook
    {
        public WebhookReading Reading { get; set; } = new(WebhookVerdict.Authentic, [], 0, 0);
        public Uri? Uri { get; private set; }
        public int Length { get; private set; }
        public string? Signature { get; private set; }

        public WebhookReading Read(WebhookDelivery delivery, DateTimeOffset now)
        {
            (Uri, Length, Signature) = (delivery.PublicUri, delivery.Body.Length, delivery.Headers.GetValueOrDefault("X-Signature"));
            return Reading;
        }
    }

    private sealed class CutStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("cut");
    }
}
