using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>How a connection proves who it is, and where it lets itself be sent.</summary>
public sealed class SalesforceAccessTests
{
    private const string Token = "/services/oauth2/token";
    private const string Expired = """[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_in_the_apps_own_name_at_the_orgs_own_host()
    {
        var network = Network(SalesforceHarness.TokenBody());

        await ReadAsync(network);

        var call = network.Calls.First(c => c.Path == Token);
        Assert.Equal("grant_type=client_credentials&client_id=key&client_secret=app-secret", call.Body);
        Assert.All(network.Calls.Where(c => c.Path != Token), c => Assert.Equal("t1", c.Token));
    }

    [Theory]
    [InlineData(null, 120)]
    [InlineData("300", 300)]
    public async Task Signs_an_assertion_that_names_key_user_and_audience(string? life, int seconds)
    {
        using var key = RSA.Create(2048);
        var network = Network(SalesforceHarness.TokenBody());
        var connection = SalesforceHarness.With([("Username", "o'brien\"@acme.dk"), .. life is null ? [] : new[] { ("AssertionSeconds", life) }]) with { ClientSecret = new(SalesforceHarness.Pem(key)) };

        await ReadAsync(network, connection);

        var form = Form(network.Calls.First(c => c.Path == Token).Body);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        var parts = form["assertion"].Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(Bytes(parts[1]));
        Assert.Equal(("key", "o'brien\"@acme.dk", "https://login.salesforce.com"),
            (claims.RootElement.GetProperty("iss").GetString(), claims.RootElement.GetProperty("sub").GetString(), claims.RootElement.GetProperty("aud").GetString()));
        Assert.Equal(SalesforceHarness.Start.ToUnixTimeSeconds() + seconds, claims.RootElement.GetProperty("exp").GetInt64());
    }

    [Fact]
    public async Task Keeps_a_rotated_refresh_token_before_the_access_token_is_used()
    {
        var network = Network(SalesforceHarness.TokenBody(more: ",\"refresh_token\":\"r2\""));
        var harness = new SalesforceHarness(network);

        await ReadAsync(harness, SalesforceHarness.Connection with { RefreshToken = new("r1") });

        Assert.Contains("refresh_token=r1", network.Calls.First(c => c.Path == Token).Body);
        Assert.Equal(["r2"], harness.Grants.Saved);
    }

    [Fact]
    public async Task Goes_where_the_latest_token_says_the_org_lives()
    {
        var hosts = new List<string>();
        var network = new StubNetwork((request, _) =>
        {
            hosts.Add(request.RequestUri!.Host);
            return Answer(request, SalesforceHarness.TokenBody(instance: "https://acme-moved.my.salesforce.com"));
        });

        await ReadAsync(network);

        Assert.Equal("acme.my.salesforce.com", hosts[0]);
        Assert.All(hosts.Skip(1), h => Assert.Equal("acme-moved.my.salesforce.com", h));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://acme.my.salesforce.com.evil.example")]
    [InlineData("http://acme.my.salesforce.com")]
    [InlineData("https://acme.lightning.force.com")]
    [InlineData("https://user:pw@acme.my.salesforce.com")]
    [InlineData("http://127.0.0.1:8902")]
    [InlineData("not a url")]
    public async Task Carries_its_token_to_no_foreign_host(string instance)
    {
        var network = Network(SalesforceHarness.TokenBody(instance: instance));

        await Assert.ThrowsAsync<CrmException>(() => ReadAsync(network));

        Assert.All(network.Calls, c => Assert.Equal((Token, null), (c.Path, c.Token)));
    }

    [Fact]
    public async Task A_session_that_is_over_is_renewed_once()
    {
        var issued = 0;
        var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath == Token ? StubNetwork.Json(SalesforceHarness.TokenBody($"t{++issued}"))
            : request.Headers.Authorization!.Parameter == "t1" ? StubNetwork.Json(Expired, 401)
            : Answer(request, ""));

        await ReadAsync(network);

        Assert.Equal(2, issued);
    }

    [Theory]
    [InlineData("""[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]""", 1)]
    [InlineData(Expired, 2)]
    public async Task A_session_that_is_never_let_in_stops_the_work(string body, int tokens)
    {
        var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath == Token ? StubNetwork.Json(SalesforceHarness.TokenBody()) : StubNetwork.Json(body, 401));

        var refused = await Assert.ThrowsAsync<CrmException>(() => ReadAsync(network));

        Assert.Equal(CrmFailure.Unauthorised, refused.Failure);
        Assert.Equal(tokens, network.Calls.Count(c => c.Path == Token));
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"no client credentials user enabled"}""", "Run As")]
    [InlineData(400, """{"error":"invalid_grant","error_description":"request not supported on this domain"}""", "My Domain")]
    [InlineData(401, """{"error":"invalid_client_id","error_description":"client identifier invalid"}""", "ClientId")]
    [InlineData(400, """{"error":"invalid_grant"}""", "'Run As' user")]
    public async Task A_refused_app_is_told_what_to_mend_and_asks_once_a_minute(int status, string body, string repair)
    {
        var network = new StubNetwork((_, _) => StubNetwork.Json(body, status));
        var harness = new SalesforceHarness(network);
        var adapter = harness.Adapter();

        for (var i = 0; i < 5; i++)
        {
            var refused = await Assert.ThrowsAsync<CrmException>(() => adapter.ReadAsync([SalesforceHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop));
            Assert.Equal(CrmFailure.Unauthorised, refused.Failure);
            Assert.Contains(repair, refused.Repair);
            Assert.DoesNotContain("app-secret", refused.ToString());
        }

        Assert.Single(network.Calls);
    }

    [Fact]
    public async Task A_refused_assertion_sends_nobody_to_an_app_that_has_no_user()
    {
        using var key = RSA.Create(2048);
        var connection = SalesforceHarness.With(("Username", "robot@acme.dk")) with { ClientSecret = new(SalesforceHarness.Pem(key)) };

        var repair = (await RefusedAsync(connection)).Repair;

        Assert.All(["Audience", "Username", "certificate", "clock"], word => Assert.Contains(word, repair));
        Assert.DoesNotContain("Run As", repair);
    }

    [Fact]
    public async Task A_refused_grant_is_renewed_by_logging_in()
    {
        var repair = (await RefusedAsync(SalesforceHarness.Connection with { RefreshToken = new("r1") })).Repair;

        Assert.Contains("crmsync auth login main", repair);
    }

    [Theory]
    [InlineData(503, "<html>maintenance</html>")]
    [InlineData(400, "<html>proxy</html>")]
    [InlineData(200, "{}")]
    public async Task A_token_endpoint_that_fails_does_not_make_the_credentials_dead(int status, string body)
    {
        var network = new StubNetwork((_, _) => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, status == 200 ? "application/json" : "text/html") });

        Assert.Equal(CrmFailure.Transient, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(network))).Failure);
    }

    [Fact]
    public async Task Refuses_the_token_of_another_org()
    {
        var network = Network(SalesforceHarness.TokenBody());

        var problems = await new SalesforceHarness(network).Adapter(SalesforceHarness.Connection with { AccountId = "00DZZ0000000009AAA" }).CheckAsync(Stop);

        Assert.Equal(("account-differs", "Connections:main:AccountId"), (Assert.Single(problems).Code, problems[0].Setting));
        Assert.All(network.Calls, c => Assert.Equal(Token, c.Path));
    }

    [Fact]
    public async Task A_version_that_the_org_lacks_is_all_that_is_told()
    {
        var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath switch
        {
            Token => StubNetwork.Json(SalesforceHarness.TokenBody()),
            "/services/oauth2/userinfo" => StubNetwork.Json($$"""{"organization_id":"00DAA0000000001AAA","user_id":"{{SalesforceHarness.Us}}"}"""),
            "/services/data/" => StubNetwork.Json("""[{"label":"Spring","url":"/services/data/v66.0","version":"66.0"},{"label":"Summer","url":"/services/data/v67.0","version":"67.0"}]"""),
            _ => StubNetwork.Json("""[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]""", 404),
        });

        var problem = Assert.Single(await new SalesforceHarness(network).Adapter().CheckAsync(Stop));

        Assert.Equal(("version-unknown", "Connections:main:Mapping:Options:ApiVersion"), (problem.Code, problem.Setting));
        Assert.Contains("66.0, 67.0", problem.Repair);
    }

    [Fact]
    public void Names_what_a_connection_lacks()
    {
        var provider = new SalesforceHarness().Provider;

        Assert.Empty(provider.Validate(SalesforceHarness.Connection));
        Assert.Equal(["ClientId", "BaseUrl"], Settings(provider.Validate(new() { Name = "main", Crm = "salesforce" })));
        Assert.Equal(["BaseUrl"], Settings(provider.Validate(SalesforceHarness.Connection with { BaseUrl = new("https://login.salesforce.com") })));
        Assert.Equal(["BaseUrl", "Mapping:Options:LoginUrl"], Settings(provider.Validate(SalesforceHarness.Connection with { BaseUrl = new("https://evil.example") })));
        Assert.Equal(["Mapping:Options:Username", "ClientSecret"], Settings(provider.Validate(SalesforceHarness.Connection with { ClientSecret = new("-----BEGIN PRIVATE KEY-----\nnonsense") })));
        Assert.Equal(["Mapping:Options:StageFeild", "Mapping:Options:ApiVersion"], Settings(provider.Validate(SalesforceHarness.With(("StageFeild", "x"), ("ApiVersion", "latest")))));
    }

    private static IEnumerable<string> Settings(IEnumerable<CrmProblem> problems) => problems.Select(p => p.Setting["Connections:main:".Length..]);

    private static StubNetwork Network(string tokenBody) => new((request, _) => Answer(request, tokenBody));

    private static HttpResponseMessage Answer(HttpRequestMessage request, string tokenBody) => request.RequestUri!.AbsolutePath switch
    {
        Token => StubNetwork.Json(tokenBody),
        var path when path.EndsWith("/describe", StringComparison.Ordinal) => StubNetwork.Json(SalesforceHarness.Describe(path.Split('/')[^2])),
        _ => StubNetwork.Json(SalesforceHarness.Composite(SalesforceHarness.Record())),
    };

    private static Task ReadAsync(StubNetwork network, CrmConnection? connection = null) => ReadAsync(new SalesforceHarness(network), connection);

    private static async Task ReadAsync(SalesforceHarness harness, CrmConnection? connection) =>
        Assert.Equal(CrmReadingKind.Found, Assert.Single(await harness.Adapter(connection).ReadAsync([SalesforceHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop)).Kind);

    private static Dictionary<string, string> Form(string body) =>
        body.Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));

    private static Task<CrmException> RefusedAsync(CrmConnection connection) =>
        Assert.ThrowsAsync<CrmException>(() => ReadAsync(new StubNetwork((_, _) => StubNetwork.Json("""{"error":"invalid_grant"}""", 400)), connection));

    private static byte[] Bytes(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);
}
