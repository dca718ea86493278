using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class TokenTests
{
    private const string Token = "/services/oauth2/token";

    [Fact]
    public async Task Client_credentials_give_a_token_without_an_end()
    {
        await using var bench = await OrgBench.StartAsync();

        var reply = await bench.FormAsync(Token, ("grant_type", "client_credentials"), ("client_id", bench.Account.ClientId), ("client_secret", bench.Account.ClientSecret));

        Assert.Equal(200, reply.Status);
        Assert.Equal(["access_token", "signature", "scope", "instance_url", "id", "token_type", "issued_at"], reply.Body.AsObject().Select(pair => pair.Key));
        Assert.Equal("1767596400000", reply.Body["issued_at"]!.GetValue<string>());
        Assert.Contains($"/{bench.Account.AccountId}/", reply.Body["id"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", null, "invalid_client_id")]
    [InlineData(null, "wrong", "invalid_client")]
    public async Task A_stranger_gets_an_error_object(string? id, string? secret, string error)
    {
        await using var bench = await OrgBench.StartAsync();

        var reply = await bench.FormAsync(Token, ("grant_type", "client_credentials"), ("client_id", id ?? bench.Account.ClientId),
            ("client_secret", secret ?? bench.Account.ClientSecret));

        Assert.Equal((400, error), (reply.Status, reply.Body["error"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_rotated_refresh_token_works_once()
    {
        await using var bench = await OrgBench.StartAsync(new() { RotateRefreshTokens = true });
        Task<OrgBench.Reply> Refresh(string token) => bench.FormAsync(Token, ("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", bench.Account.ClientId));

        var first = await Refresh(bench.Account.RefreshToken);
        var again = await Refresh(bench.Account.RefreshToken);
        var next = await Refresh(first.Body["refresh_token"]!.GetValue<string>());

        Assert.Equal((200, 400, 200), (first.Status, again.Status, next.Status));
        Assert.Equal("""{"error":"invalid_grant","error_description":"expired access/refresh token"}""", again.Text);
    }

    [Theory]
    [InlineData("https://login.salesforce.com", 180, true, 200)]
    [InlineData("https://login.salesforce.com", 3600, true, 400)]
    [InlineData("https://login.salesforce.com", -1, true, 400)]
    [InlineData("https://elsewhere.example", 180, true, 400)]
    [InlineData("https://login.salesforce.com", 180, false, 400)]
    public async Task An_assertion_must_be_signed_by_the_app_and_be_fresh(string audience, int seconds, bool isOwnKey, int status)
    {
        await using var bench = await OrgBench.StartAsync();
        using var key = RSA.Create();
        key.ImportFromPem(bench.Host.Control.Key("salesforce").PrivateKey);
        using var stranger = RSA.Create(2048);
        var claims = new { iss = bench.Account.ClientId, sub = bench.Account.Username, aud = audience, exp = OrgBench.Start.AddSeconds(seconds).ToUnixTimeSeconds() };
        var unsigned = Part(new { alg = "RS256" }) + "." + Part(claims);
        var signature = (isOwnKey ? key : stranger).SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var reply = await bench.FormAsync(Token, ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", unsigned + "." + Url(signature)));

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task A_session_ends_after_two_quiet_hours_and_each_call_moves_the_end()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal(200, (await bench.GetAsync("limits")).Status);
        bench.Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal(200, (await bench.GetAsync("limits")).Status);
        bench.Clock.Advance(TimeSpan.FromMinutes(121));

        var late = await bench.GetAsync("limits");

        Assert.Equal(401, late.Status);
        Assert.Equal("""[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]""", late.Text);
    }

    [Fact]
    public async Task A_session_that_policy_forbids_says_something_else()
    {
        await using var bench = await OrgBench.StartAsync(new() { SessionsRefused = true });

        var reply = await bench.GetAsync("limits");

        Assert.Equal((401, "INVALID_SESSION_ID"), (reply.Status, reply.Error));
        Assert.Equal("This session is not valid for use with the REST API", reply.Body[0]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_versions_need_no_token_and_old_ones_are_gone()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Client.DefaultRequestHeaders.Authorization = null;

        var versions = await bench.GetAsync("/services/data/");

        Assert.Equal("""{"label":"Winter '27","url":"/services/data/v68.0","version":"68.0"}""", versions.Body.AsArray()[^1]!.ToJsonString(new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(410, (await bench.GetAsync("/services/data/v30.0/limits")).Status);
        Assert.DoesNotContain("Sforce-Limit-Info", versions.Headers.Keys);
    }

    [Fact]
    public async Task Both_limits_answer_403_and_the_message_tells_which()
    {
        await using var bench = await OrgBench.StartAsync(new() { DailyLimit = 2 });

        var first = await bench.GetAsync("limits");
        await bench.GetAsync("limits");
        var daily = await bench.GetAsync("limits");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        bench.Switch("concurrentLimitReached", true);
        var concurrent = await bench.GetAsync("limits");

        Assert.Equal("api-usage=1/2", first.Headers["Sforce-Limit-Info"]);
        Assert.Equal("""[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""", daily.Text);
        Assert.Equal((403, 403), (daily.Status, concurrent.Status));
        Assert.Contains("ConcurrentRequests", concurrent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_an_answer_is_the_sandboxs()
    {
        await using var bench = await OrgBench.StartAsync();

        Assert.Equal("Mon, 05 Jan 2026 07:00:00 GMT", (await bench.GetAsync("limits")).Headers["Date"]);
    }

    private static string Part(object json) => Url(JsonSerializer.SerializeToUtf8Bytes(json));

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
