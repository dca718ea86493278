using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Tests.Sandbox;

public sealed class AccessTests
{
    private const string Owners = "/crm/owners/2026-09";

    [Fact]
    public async Task A_call_without_a_known_token_is_401()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pat-eu1-nobody");

        var reply = await bench.GetAsync(Owners);

        Assert.Equal((401, "INVALID_AUTHENTICATION"), (reply.Status, reply["category"]));
        Assert.StartsWith("Authentication credentials not found.", reply["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/oauth/v1/token")]
    [InlineData("/oauth/v3/token")]
    [InlineData("/oauth/2026-09/token")]
    public async Task A_refreshed_token_lives_half_an_hour(string path)
    {
        await using var bench = await SandboxBench.StartAsync();
        var grant = await RefreshAsync(bench, path);
        bench.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", grant["access_token"]);

        var early = await bench.GetAsync(Owners);
        bench.Clock.Advance(TimeSpan.FromSeconds(1_807));
        var late = await bench.GetAsync(Owners);

        Assert.Equal(("1800", 200, "110"), (grant["expires_in"], early.Status, early.Headers["X-HubSpot-RateLimit-Max"]));
        Assert.Equal((401, "EXPIRED_AUTHENTICATION"), (late.Status, late["category"]));
        Assert.Equal("The OAuth token used to make this call expired 7 second(s) ago.", late["message"]);
        Assert.Equal("2026-01-05T07:30:00Z", late.Body["context"]!["expire time"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_rotated_refresh_token_works_once()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { RotateRefreshTokens = true });

        var first = await RefreshAsync(bench, "/oauth/v1/token");
        var second = await RefreshAsync(bench, "/oauth/v1/token");

        Assert.NotEqual(bench.Account.RefreshToken, first["refresh_token"]);
        Assert.Equal((400, "invalid_grant", "BAD_REFRESH_TOKEN"), (second.Status, second["error"], second["status"]));
    }

    [Fact]
    public async Task A_spent_refresh_token_works_within_its_grace()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { RotateRefreshTokens = true, RefreshGraceSeconds = 60 });

        await RefreshAsync(bench, "/oauth/v1/token");
        bench.Clock.Advance(TimeSpan.FromSeconds(59));
        var within = await RefreshAsync(bench, "/oauth/v1/token");
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        bench.Host.Control.ClearFaults();
        var after = await RefreshAsync(bench, "/oauth/v1/token");

        Assert.Equal((200, 400), (within.Status, after.Status));
    }

    [Fact]
    public async Task A_missing_scope_is_403_and_named()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { Scopes = ["crm.objects.contacts.read"] });

        var reply = await bench.PostAsync("/crm/v3/objects/notes", new { properties = new { } });

        Assert.Equal((403, "MISSING_SCOPES"), (reply.Status, reply["category"]));
        Assert.Equal("crm.objects.contacts.write", reply.Body["errors"]![0]!["context"]!["requiredGranularScopes"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task The_token_picks_the_account()
    {
        await using var bench = await SandboxBench.StartAsync();
        var accounts = bench.Host.Control.Reset(new ResetRequest { Accounts = new Dictionary<string, int> { ["hubspot"] = 2 } }).Accounts;
        bench.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accounts[1].Token);

        var details = await bench.GetAsync("/account-info/2026-09/details");

        Assert.Equal(accounts[1].AccountId, details.Body["portalId"]!.ToString());
        Assert.Equal("Europe/Copenhagen", details["timeZone"]);
    }

    [Fact]
    public async Task Owners_have_an_id_that_is_not_their_user_id()
    {
        await using var bench = await SandboxBench.StartAsync();

        var owners = (await bench.GetAsync(Owners)).Body["results"]!.AsArray();

        Assert.True(owners.Count > 1);
        Assert.All(owners, owner => Assert.NotEqual(owner!["id"]!.ToString(), owner["userId"]!.ToString()));
    }

    private static async Task<SandboxBench.Reply> RefreshAsync(SandboxBench bench, string path)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = bench.Account.ClientId,
            ["client_secret"] = bench.Account.ClientSecret,
            ["refresh_token"] = bench.Account.RefreshToken,
        });
        using var response = await bench.Client.PostAsync(path, form, SandboxBench.Stop);
        var text = await response.Content.ReadAsStringAsync(SandboxBench.Stop);
        return new SandboxBench.Reply((int)response.StatusCode, JsonNode.Parse(text)!, new Dictionary<string, string>(), text);
    }
}
