using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace CrmSync.Tests.Adapters;

/// <summary>One fault at a time on a real socket.</summary>
public sealed class HubSpotFaultTests : IDisposable
{
    private const string Found = """{"status":"COMPLETE","results":[{"id":"1","properties":{"hs_object_id":"1","lifecyclestage":"lead"},"archived":false}]}""";
    private readonly WireMockServer _server = WireMockServer.Start();

    public HubSpotFaultTests() => _server.Given(Request.Create().WithPath("/*/lifecyclestage")).RespondWith(Json(HubSpotHarness.Lifecycle));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_is_tried_again_after_a_server_error()
    {
        Read().InScenario("s").WillSetStateTo("up").RespondWith(Response.Create().WithStatusCode(503));
        Read().InScenario("s").WhenStateIs("up").RespondWith(Json(Found));

        Assert.Equal(CrmReadingKind.Found, (await ReadAsync()).Single().Kind);
    }

    [Fact]
    public async Task A_read_gives_up_after_three_tries()
    {
        Read().RespondWith(Response.Create().WithStatusCode(502));

        Assert.Equal(CrmFailure.Transient, (await Assert.ThrowsAsync<CrmException>(ReadAsync)).Failure);
        Assert.Equal(3, Calls("batch/read"));
    }

    [Fact]
    public async Task A_write_is_never_tried_again()
    {
        Write().RespondWith(Response.Create().WithStatusCode(502));

        Assert.Equal(WriteOutcome.Unknown, (await WriteAsync()).Outcome);
        Assert.Equal(1, Calls("batch/update"));
    }

    [Theory]
    [InlineData(200, "text/html", "<html>maintenance</html>")]
    [InlineData(200, "application/json", "<html>maintenance</html>")]
    [InlineData(200, "application/json", "{\"results\":[{\"id\":\"1\"")]
    [InlineData(200, "application/json", "")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", """{"status":"error","message":"internal"}""")]
    [InlineData(200, "application/json", """{"results":[],"results":[]}""")]
    [InlineData(204, "application/json", "")]
    [InlineData(200, "text/plain", "{\"results\":[]}")]
    public async Task An_answer_that_is_none_is_a_passing_fault_and_leaves_a_write_unknown(int status, string type, string body)
    {
        var answer = Response.Create().WithStatusCode(status).WithHeader("Content-Type", type).WithBody(body);
        Read().RespondWith(answer);
        Write().RespondWith(answer);

        Assert.Equal(CrmFailure.Transient, (await Assert.ThrowsAsync<CrmException>(ReadAsync)).Failure);
        Assert.Equal(WriteOutcome.Unknown, (await WriteAsync()).Outcome);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Read().RespondWith(Response.Create().WithStatusCode(307).WithHeader("Location", $"{_server.Url}/elsewhere"));

        var refused = await Assert.ThrowsAsync<CrmException>(ReadAsync);

        Assert.Equal(CrmFailure.Refused, refused.Failure);
        Assert.Contains("localhost", refused.Message);
        Assert.Equal(0, Calls("elsewhere"));
    }

    [Fact]
    public async Task A_body_that_swells_is_cut_off()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 64; i++)
                await gzip.WriteAsync(new byte[1024 * 1024], Stop);
        Read().RespondWith(Response.Create().WithStatusCode(200).WithHeader("Content-Type", "application/json").WithHeader("Content-Encoding", "gzip").WithBody(packed.ToArray()));

        var refused = await Assert.ThrowsAsync<CrmException>(ReadAsync);

        Assert.Contains("16 MB", refused.Message);
    }

    [Fact]
    public async Task An_unreachable_host_leaves_a_write_unsent()
    {
        var adapter = await ReadyAsync();
        var port = _server.Port;
        _server.Stop();
        // Bound and not listening: nobody else is given the port meanwhile, and whoever calls is refused.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            held.Bind(new IPEndPoint(IPAddress.Any, port));
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Some caller was given it for a connection of its own: then nobody listens there either.
        }

        var failed = await Assert.ThrowsAsync<CrmException>(() => adapter.WriteAsync([SomeWrite], Stop));

        Assert.Equal((CrmFailure.Transient, false), (failed.Failure, failed.OutcomeUnknown));
    }

    [Fact]
    public async Task A_record_off_shape_does_not_spoil_the_others()
    {
        Read().RespondWith(Json("""{"results":[{"id":"1","properties":{"lifecyclestage":"lead"}},{"id":2,"properties":[]},{"id":"3","properties":{"hs_object_id":3,"jobtitle":"a\ud800b\u0000"}},7,null]}"""));
        _server.Given(Request.Create().WithPath("/*/associations/*")).RespondWith(Json("""{"results":[]}"""));

        var readings = await (await ReadyAsync()).ReadAsync(["1", "2", "3"], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);

        Assert.Equal([CrmReadingKind.Found, CrmReadingKind.Unreadable, CrmReadingKind.Found], readings.Select(r => r.Kind));
        Assert.Equal("a\uFFFDb\uFFFD", readings[2].Lead!.Facts!["person.role"].Text);
    }

    [Fact]
    public async Task No_token_or_value_is_in_what_is_thrown()
    {
        Write().RespondWith(Json("""{"status":"error","category":"VALIDATION_ERROR","message":"Property values were not valid: [{\"error\":\"maja@nordpump.dk\"}]","errors":[{"code":"INVALID_EMAIL","message":"maja@nordpump.dk"}]}""", 400));
        Read().RespondWith(Json("""{"status":"error","category":"VALIDATION_ERROR","message":"token-1 maja@nordpump.dk"}""", 400));

        var reason = (await WriteAsync()).Reason;
        var thrown = (await Assert.ThrowsAsync<CrmException>(ReadAsync)).ToString();

        Assert.Equal("VALIDATION_ERROR INVALID_EMAIL", reason);
        Assert.DoesNotContain("token-1", thrown, StringComparison.Ordinal);
        Assert.DoesNotContain("maja", thrown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_failure_is_given_a_rest()
    {
        Read().RespondWith(Response.Create().WithStatusCode(500));
        var adapter = await ReadyAsync();

        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<CrmException>(() => adapter.ReadAsync(["1"], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop));

        Assert.InRange(Calls("batch/read"), 3, 6);
    }

    public void Dispose() => _server.Dispose();

    private static LeadWrite SomeWrite => new("1", "t1", StageStep.Set, LifecycleStage.MarketingQualified, new Dictionary<string, string?>());

    private WireMock.Server.IRespondWithAProvider Read() => _server.Given(Request.Create().WithPath("/*/batch/read").UsingPost());

    private WireMock.Server.IRespondWithAProvider Write() => _server.Given(Request.Create().WithPath("/*/batch/update").UsingPost());

    private static IResponseBuilder Json(string body, int status = 200) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json;charset=utf-8").WithBody(body, encoding: Encoding.UTF8);

    private int Calls(string path) => _server.LogEntries.Count(e => e.RequestMessage!.Path.Contains(path, StringComparison.Ordinal));

    private async Task<ICrmAdapter> ReadyAsync()
    {
        var adapter = new HubSpotHarness().Adapter(HubSpotHarness.Connection with { BaseUrl = new Uri(_server.Url!) });
        try
        {
            await adapter.ReadAsync(["1"], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop);
        }
        catch (CrmException)
        {
            // Only the stages were wanted.
        }
        return adapter;
    }

    private async Task<IReadOnlyList<CrmReading>> ReadAsync() =>
        await new HubSpotHarness().Adapter(HubSpotHarness.Connection with { BaseUrl = new Uri(_server.Url!) }).ReadAsync(["1"], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop);

    private async Task<LeadWriteResult> WriteAsync() =>
        (await new HubSpotHarness().Adapter(HubSpotHarness.Connection with { BaseUrl = new Uri(_server.Url!) }).WriteAsync([SomeWrite], Stop)).Single();
}
