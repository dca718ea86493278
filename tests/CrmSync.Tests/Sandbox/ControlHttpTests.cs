using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox;

public sealed class ControlHttpTests
{
    [Fact]
    public async Task A_scenario_runs_over_http()
    {
        await using var bench = await SandboxBench.StartAsync();
        using var client = new HttpClient { BaseAddress = bench.Host.ControlUrl };

        var reset = await PostAsync(client, "/reset", """{"seed":7,"accounts":{"hubspot":2}}""");
        var leads = await PostAsync(client, "/leads", """
            {"crms":["hubspot"],"leads":[{"key":"a","email":"a@firm.example","name":"Zoë Holm","company":{"key":"c","industry":"machinery","employees":"50","country":"Denmark"},
             "engagement":[{"kind":"pageView","at":"2026-01-01T07:00:00Z","count":4}],"bant":{"need":"met"},"consent":false,"stage":"MarketingQualified","owner":"rep1"}]}
            """);
        await PostAsync(client, "/act", """{"crm":"hubspot","key":"a","person":"rep2","act":"edit","fields":{"jobtitle":"CFO","company.numberofemployees":60}}""");
        var state = await client.GetFromJsonAsync<JsonObject>("/state/hubspot", SandboxBench.Stop);

        Assert.Equal(2, reset["accounts"]!.AsArray().Count);
        var lead = Assert.Single(state!["leads"]!.AsArray())!;
        Assert.Equal(leads["ids"]![0]!["id"]!.GetValue<string>(), lead["id"]!.GetValue<string>());
        Assert.Equal(("a", "contacts", "marketingqualifiedlead"), (lead["key"]!.GetValue<string>(), lead["object"]!.GetValue<string>(), lead["stage"]!.GetValue<string>()));
        Assert.Equal(("CFO", "4", "yes", "true"), (Field(lead, "jobtitle"), Field(lead, "hs_analytics_num_page_views"), Field(lead, "bant_need"), Field(lead, "hs_email_optout")));
    }

    [Fact]
    public async Task The_log_is_one_json_document_a_line_and_goes_on_after_a_number()
    {
        await using var bench = await SandboxBench.StartAsync();
        using var client = new HttpClient { BaseAddress = bench.Host.ControlUrl };
        bench.Lead("a");
        await bench.SearchAsync(new { });

        var all = (await client.GetStringAsync("/log", SandboxBench.Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rest = (await client.GetStringAsync("/log?after=1", SandboxBench.Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, all.Length);
        var entry = JsonNode.Parse(Assert.Single(rest))!;
        Assert.Equal(("request", "static", "POST", 200), (entry["kind"]!.GetValue<string>(), entry["identity"]!.GetValue<string>(), entry["method"]!.GetValue<string>(), entry["status"]!.GetValue<int>()));
        Assert.DoesNotContain(bench.Account.Token, string.Concat(all), StringComparison.Ordinal);
        var effect = JsonNode.Parse(all[0])!["effects"]!.AsArray().First(effect => effect!["field"]!.GetValue<string>() == "lifecyclestage")!;
        Assert.Equal(("contacts", null, "lead"), (effect["object"]!.GetValue<string>(), effect["before"]?.GetValue<string>(), effect["after"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/act", """{"crm":"hubspot","key":"nobody","act":"accept"}""")]
    [InlineData("/act", """{"crm":"nocrm","key":"a","act":"accept"}""")]
    [InlineData("/leads", """{"crms":["hubspot"],"leads":[{"key":"a","engagement":[{"kind":"dance"}]}]}""")]
    [InlineData("/switches", """{"crm":"hubspot","switches":{"noSwitch":1}}""")]
    [InlineData("/faults", """{"crm":"hubspot","fault":"earthquake"}""")]
    [InlineData("/clock", """{"advance":"10"}""")]
    [InlineData("/leads", "not json")]
    public async Task A_bad_call_is_400_and_says_why(string path, string body)
    {
        await using var bench = await SandboxBench.StartAsync();
        using var client = new HttpClient { BaseAddress = bench.Host.ControlUrl };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(path, content, SandboxBench.Stop);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<JsonObject>(SandboxBench.Stop))!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_sandbox_with_its_own_clock_lets_it_be_moved()
    {
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { AutoDeliver = false }, SandboxBench.Stop);

        var moved = sandbox.Control.MoveClock(new ClockRequest { To = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        var later = sandbox.Control.MoveClock(new ClockRequest { Advance = "1.00:00:00" });

        Assert.InRange(moved.Now, new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(-1), new DateTimeOffset(2030, 1, 1, 0, 1, 0, TimeSpan.Zero));
        Assert.InRange(later.Now - moved.Now, TimeSpan.FromDays(1), TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_accounts()
    {
        await using var one = await SandboxBench.StartAsync();
        await using var other = await SandboxBench.StartAsync();

        Assert.Equal(one.Account with { BaseUrl = "" }, other.Account with { BaseUrl = "" });
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(path, content, SandboxBench.Stop);
        var text = await response.Content.ReadAsStringAsync(SandboxBench.Stop);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static string Field(JsonNode lead, string name) => lead["fields"]![name]!.GetValue<string>();
}
