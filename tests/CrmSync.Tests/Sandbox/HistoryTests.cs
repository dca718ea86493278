using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox;

public sealed class HistoryTests
{
    [Fact]
    public async Task History_is_newest_first_and_says_who()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "MarketingQualified" });
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.WriteAsync(id, "lifecyclestage", "salesqualifiedlead");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        bench.Act("a", "set-stage", act => act with { Stage = "Opportunity", Person = "rep2" });

        var versions = await Versions(bench, id, "lifecyclestage");

        Assert.Equal(["opportunity", "salesqualifiedlead", "marketingqualifiedlead"], versions.Select(version => version!["value"]!.GetValue<string>()));
        Assert.Equal(["CRM_UI", "INTEGRATION", "IMPORT"], versions.Select(version => version!["sourceType"]!.GetValue<string>()));
        Assert.StartsWith("userId:", versions[0]!["sourceId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("2026-01-05T09:00:00Z", versions[0]!["timestamp"]!.GetValue<string>());
        Assert.NotNull(versions[0]!["updatedByUserId"]);
    }

    [Fact]
    public async Task A_past_engagement_is_dated_when_it_happened_while_the_record_changed_now()
    {
        await using var bench = await SandboxBench.StartAsync();
        var at = SandboxBench.Start.AddDays(-3);
        var id = bench.Lead("a", lead => lead with { Engagement = [new EngagementSpec { Kind = "handRaise", At = at }, new EngagementSpec { Kind = "contentDownload", At = at.AddDays(1) }] });

        var versions = await Versions(bench, id, "recent_conversion_event_name");

        Assert.Equal(["Guide: Less waste in production", "Demo request: Book a demo"], versions.Select(version => version!["value"]!.GetValue<string>()));
        Assert.Equal(["2026-01-03T07:00:00Z", "2026-01-02T07:00:00Z"], versions.Select(version => version!["timestamp"]!.GetValue<string>()));
        Assert.Equal("2026-01-05T07:00:00Z", await bench.ReadAsync(id, "lastmodifieddate"));
        Assert.Equal("2", await bench.ReadAsync(id, "num_conversion_events"));
        Assert.Equal("2026-01-02T07:00:00Z", await bench.ReadAsync(id, "first_conversion_date"));
    }

    [Fact]
    public async Task A_future_engagement_happens_when_its_time_comes()
    {
        await using var bench = await SandboxBench.StartAsync();
        var at = SandboxBench.Start.AddHours(2);
        var id = bench.Lead("a", lead => lead with { Engagement = [new EngagementSpec { Kind = "webinarAttended", At = at, Title = "Less waste" }] });

        Assert.Null(await bench.ReadAsync(id, "webinar_last_attended"));
        Assert.Equal(at, bench.Host.NextDue);
        bench.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal("2026-01-05T09:00:00Z", await bench.ReadAsync(id, "webinar_last_attended"));
        Assert.Equal("2026-01-05T09:00:00Z", await bench.ReadAsync(id, "lastmodifieddate"));
    }

    [Fact]
    public async Task An_equal_write_leaves_no_trace()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { JobTitle = "CFO" });
        bench.Clock.Advance(TimeSpan.FromHours(1));

        await bench.WriteAsync(id, "jobtitle", "CFO");

        Assert.Single(await Versions(bench, id, "jobtitle"));
        Assert.Equal("2026-01-05T07:00:00Z", await bench.ReadAsync(id, "lastmodifieddate"));
    }

    [Fact]
    public async Task A_list_with_history_is_at_most_fifty()
    {
        await using var bench = await SandboxBench.StartAsync();

        Assert.Equal(400, (await bench.GetAsync("/crm/v3/objects/contacts?limit=51&propertiesWithHistory=email")).Status);
        Assert.Equal(200, (await bench.GetAsync("/crm/v3/objects/contacts?limit=51")).Status);
    }

    private static async Task<JsonArray> Versions(SandboxBench bench, string id, string property) =>
        (await bench.GetAsync($"/crm/objects/2026-09/contacts/{id}?propertiesWithHistory={property}")).Body["propertiesWithHistory"]![property]!.AsArray();
}
