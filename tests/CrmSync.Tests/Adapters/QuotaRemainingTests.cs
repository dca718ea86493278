using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Quota;
using CrmSync.Adapters.Salesforce;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>What each vendor says is left of a day for everybody, and what rests for it: others may spend more than their part.</summary>
public sealed class QuotaRemainingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("60000", "")]
    [InlineData("49000", "sweeps")]
    [InlineData("12000", "sweeps polls")]
    [InlineData("0", "sweeps polls")]
    public async Task HubSpot_tells_what_all_apps_have_left(string left, string resting)
    {
        var status = await StatusAsync(new HubSpotQuota(new(HubSpotHarness.Connection)), ("X-HubSpot-RateLimit-Daily", "250000"), ("X-HubSpot-RateLimit-Daily-Remaining", left));

        Assert.Equal((left, resting), ($"{status.Left}", string.Join(' ', status.Resting)));
    }

    [Theory]
    [InlineData("api-usage=9000/15000", 6_000, "")]
    [InlineData("api-usage=12500/15000;per-app-api-usage=17/250(appName=crmsync)", 2_500, "sweeps")]
    [InlineData("api-bursts=1/750; api-usage=14500/15000", 500, "sweeps polls")]
    [InlineData("api-usage=16000/15000", 0, "sweeps polls")]
    public async Task Salesforce_tells_what_all_apps_have_used(string header, int left, string resting)
    {
        var status = await StatusAsync(new SalesforceQuota(new(SalesforceHarness.Connection)), ("Sforce-Limit-Info", header));

        Assert.Equal((left, resting), (status.Left, string.Join(' ', status.Resting)));
    }

    [Theory]
    [InlineData("api-usage=18", null)]
    [InlineData("api-usage=x/15000", 15_000)]
    [InlineData("api-usage=18/0", null)]
    public async Task A_header_that_is_half_understood_tells_that_half(string header, int? limit)
    {
        var status = await StatusAsync(new SalesforceQuota(new(SalesforceHarness.Connection)), ("Sforce-Limit-Info", header));

        Assert.Equal((limit, null), (status.Limit, status.Left));
    }

    [Theory]
    [InlineData("49000", "sweeps")]
    [InlineData("60000", "")]
    public async Task What_is_left_is_a_part_of_the_vendors_limit_and_not_of_the_lower_one_that_an_admin_set(string left, string resting)
    {
        var status = await StatusAsync(
            new HubSpotQuota(new(HubSpotHarness.With(("RequestsPerDay", "10000")))), ("X-HubSpot-RateLimit-Daily", "250000"), ("X-HubSpot-RateLimit-Daily-Remaining", left));

        Assert.Equal((10_000, resting), (status.Limit, string.Join(' ', status.Resting)));
    }

    [Theory]
    [InlineData("5900", "sweeps")]
    [InlineData("6100", "")]
    public async Task Where_the_vendor_tells_no_limit_the_one_of_the_settings_counts(string left, string resting)
    {
        var status = await StatusAsync(new PipedriveQuota(new(PipedriveHarness.With(("Plan", "Lite")))), ("x-daily-ratelimit-token-remaining", left));

        Assert.Equal((30_000, resting), (status.Limit, string.Join(' ', status.Resting)));
    }

    /// <summary>How the day stands after one answer.</summary>
    private static async Task<QuotaStatus> StatusAsync(IQuotaRules rules, params (string Name, string Value)[] headers)
    {
        using var network = new StubNetwork((_, _) =>
        {
            var answer = StubNetwork.Json("{}");
            foreach (var (name, value) in headers)
                answer.Headers.Add(name, value);
            return answer;
        });
        using var handler = new QuotaHandler(rules, HubSpotHarness.Connection, new MemoryLedger(), new FakeTimeProvider(HubSpotHarness.Start)) { InnerHandler = network };
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://crm.example/owners");
        using var response = await client.SendAsync(request, Stop);
        return Assert.Single(handler.Status());
    }
}
