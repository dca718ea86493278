using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class EntryTests
{
    [Fact]
    public async Task A_wrong_token_is_turned_away_at_the_gateway()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Client.DefaultRequestHeaders.Remove("x-api-token");

        var none = await bench.GetAsync("/api/v1/users/me");
        var query = await bench.GetAsync($"/api/v1/users/me?api_token={bench.Account.Token}");
        bench.Switch("queryToken", true);
        var asOnce = await bench.GetAsync($"/api/v1/users/me?api_token={bench.Account.Token}");

        Assert.Equal((401, "unauthorized access", "true"), (none.Status, none.Error, none.Headers["x-401-by-gw"]));
        Assert.Equal((401, 200), (query.Status, asOnce.Status));
    }

    [Fact]
    public async Task Each_kind_of_token_counts_in_its_own_header_alone()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Client.DefaultRequestHeaders.Remove("x-api-token");
        var access = (await RefreshAsync(bench, bench.Account.RefreshToken))["access_token"]!.GetValue<string>();

        async Task<int> StatusAsync(string header, string value) => (await bench.SendAsync(HttpMethod.Get, "/api/v1/users/me", null, (header, value))).Status;

        Assert.Equal((200, 401), (await StatusAsync("x-api-token", bench.Account.Token), await StatusAsync("Authorization", $"Bearer {bench.Account.Token}")));
        Assert.Equal((200, 401), (await StatusAsync("Authorization", $"Bearer {access}"), await StatusAsync("x-api-token", access)));
    }

    [Fact]
    public async Task A_refresh_token_gives_access_for_the_scopes_that_the_app_has()
    {
        await using var bench = await CompanyBench.StartAsync(new() { Scopes = ["leads:full"], RotateRefreshTokens = true });
        bench.Client.DefaultRequestHeaders.Remove("x-api-token");

        var grant = await RefreshAsync(bench, bench.Account.RefreshToken);
        var again = await RefreshAsync(bench, bench.Account.RefreshToken);
        bench.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", grant["access_token"]!.GetValue<string>());
        var leads = await bench.GetAsync("/api/v1/leads");
        var deals = await bench.GetAsync("/api/v2/deals");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        var expired = await bench.GetAsync("/api/v1/leads");

        Assert.Equal((bench.Account.BaseUrl, "base leads:full"), (grant["api_domain"]!.GetValue<string>(), grant["scope"]!.GetValue<string>()));
        Assert.NotEqual(bench.Account.RefreshToken, grant["refresh_token"]!.GetValue<string>());
        Assert.Equal("invalid_grant", again["error"]!.GetValue<string>());
        Assert.Equal((200, 403, "Scope and URL mismatch", 401), (leads.Status, deals.Status, deals.Error, expired.Status));
    }

    [Fact]
    public async Task Access_that_an_admin_took_away_is_refused_as_the_switch_says()
    {
        await using var bench = await CompanyBench.StartAsync();

        bench.Switch("apiAccess", "403");
        var forbidden = await bench.GetAsync("/api/v1/users/me");
        bench.Switch("apiAccess", "401");

        Assert.Equal((403, 401), (forbidden.Status, (await bench.GetAsync("/api/v1/users/me")).Status));
    }

    [Fact]
    public async Task What_the_old_version_has_no_more_is_not_found_or_gone()
    {
        await using var bench = await CompanyBench.StartAsync();

        var missing = await bench.GetAsync("/v1/deals");
        bench.Switch("removedGone", true);

        Assert.Equal((404, 410, 404), (missing.Status, (await bench.GetAsync("/v1/deals")).Status, (await bench.GetAsync("/v2/deals")).Status));
    }

    [Fact]
    public async Task Two_companies_behind_one_address_see_nothing_of_each_other()
    {
        await using var bench = await CompanyBench.StartAsync();
        var accounts = bench.Host.Control.Reset(new() { Accounts = new Dictionary<string, int> { ["pipedrive"] = 2 } }).Accounts;
        bench.Host.Control.AddLeads(new() { Crms = ["pipedrive"], AccountId = accounts[1].AccountId, Leads = [new() { Key = "a", Name = "A" }] });
        bench.Client.DefaultRequestHeaders.Remove("x-api-token");

        var counts = new List<int>();
        foreach (var account in accounts)
        {
            counts.Add((await bench.SendAsync(HttpMethod.Get, "/api/v1/leads", null, ("x-api-token", account.Token))).Items.Count);
        }

        Assert.Equal([0, 1], counts);
    }

    private static async Task<JsonNode> RefreshAsync(CompanyBench bench, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "refresh_token"), KeyValuePair.Create("refresh_token", token)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{bench.Account.ClientId}:{bench.Account.ClientSecret}")));
        using var response = await bench.Client.SendAsync(request, CompanyBench.Stop);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(CompanyBench.Stop))!;
    }
}
