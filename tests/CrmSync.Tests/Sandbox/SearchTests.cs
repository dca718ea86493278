using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Tests.Sandbox;

public sealed class SearchTests
{
    [Theory]
    [InlineData("jobtitle", "EQ", "chief buyer", 1)]
    [InlineData("jobtitle", "NEQ", "Chief Buyer", 1)]
    [InlineData("jobtitle", "CONTAINS_TOKEN", "buyer", 1)]
    [InlineData("jobtitle", "CONTAINS_TOKEN", "buy*", 1)]
    [InlineData("jobtitle", "NOT_CONTAINS_TOKEN", "buyer", 1)]
    [InlineData("phone", "HAS_PROPERTY", null, 1)]
    [InlineData("phone", "NOT_HAS_PROPERTY", null, 1)]
    [InlineData("hs_analytics_num_page_views", "GT", "9", 1)]
    [InlineData("hs_analytics_num_page_views", "GTE", "10", 1)]
    [InlineData("hs_analytics_num_page_views", "LT", "100", 2)]
    [InlineData("hs_analytics_num_page_views", "LTE", "2", 1)]
    [InlineData("lifecyclestage", "EQ", "Lead", 0)]
    [InlineData("lifecyclestage", "EQ", "lead", 1)]
    public async Task An_operator_finds_what_it_says(string property, string operation, string? value, int expected)
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a", lead => lead with { JobTitle = "Chief Buyer", Phone = "1", Engagement = [Views(10)] });
        bench.Lead("b", lead => lead with { JobTitle = "Driver", Stage = "Customer", Engagement = [Views(2)] });

        var reply = await Search(bench, property, operation, value);

        Assert.Equal(expected, reply.Body["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task In_on_a_text_finds_lower_case_values_alone()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a", lead => lead with { JobTitle = "Buyer" });

        Assert.Equal(1, await Count("buyer"));
        Assert.Equal(0, await Count("Buyer"));

        async Task<int> Count(string value) =>
            (await bench.SearchAsync(new { filters = new[] { new { propertyName = "jobtitle", @operator = "IN", values = new[] { value } } } })).Body["total"]!.GetValue<int>();
    }

    [Fact]
    public async Task Between_takes_both_ends()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a");
        var at = Milliseconds(SandboxBench.Start);

        var reply = await bench.SearchAsync(new { filters = new[] { new { propertyName = "lastmodifieddate", @operator = "BETWEEN", value = at, highValue = at } } });

        Assert.Equal(1, reply.Body["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_change_shows_after_the_lag_and_until_then_the_old_values_do()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { SearchLagSeconds = 30 });
        var id = bench.Lead("a", lead => lead with { JobTitle = "Driver" });
        Assert.Equal("0", (await Search(bench, "jobtitle", "EQ", "Driver"))["total"]);
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("1", (await Search(bench, "jobtitle", "EQ", "Driver"))["total"]);

        await bench.WriteAsync(id, "jobtitle", "Buyer");

        Assert.Equal("1", (await Search(bench, "jobtitle", "EQ", "Driver"))["total"]);
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("0", (await Search(bench, "jobtitle", "EQ", "Driver"))["total"]);
        Assert.Equal("Buyer", await bench.ReadAsync(id, "jobtitle"));
    }

    [Fact]
    public async Task Where_search_is_minutes_behind_some_changes_show_in_the_last_second_alone_and_the_log_tells_so()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { SearchLagSeconds = 300 });
        for (var number = 0; number < 100; number++)
        {
            bench.Lead($"lead{number}");
        }

        bench.Clock.Advance(TimeSpan.FromSeconds(298));
        var before = (await bench.SearchAsync(new { })).Body["total"]!.GetValue<int>();
        Assert.Equal(SandboxBench.Start, bench.Host.Control.Log()[^1].Oldest);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = (await bench.SearchAsync(new { })).Body["total"]!.GetValue<int>();
        Assert.Null(bench.Host.Control.Log()[^1].Oldest);

        Assert.InRange(before, 75, 99);
        Assert.Equal(100, after);
    }

    [Fact]
    public async Task A_change_is_in_no_window_of_modified_dates_twice()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.WriteAsync(id, "jobtitle", "Buyer");

        var reply = await Search(bench, "lastmodifieddate", "GTE", Milliseconds(SandboxBench.Start));

        Assert.Equal("1", reply["total"]);
    }

    [Fact]
    public async Task Results_beyond_ten_thousand_are_a_bad_request_though_the_total_counts_them()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Host.Control.Generate(new GenerateRequest { Crm = "hubspot", Count = 10_050 });

        var last = await bench.SearchAsync(new { limit = 200, after = "9800" });
        var beyond = await bench.SearchAsync(new { limit = 200, after = last.Body["paging"]!["next"]!["after"]!.GetValue<string>() });

        Assert.Equal((200, 10_050), (last.Status, last.Body["total"]!.GetValue<int>()));
        Assert.Equal(400, beyond.Status);
    }

    [Fact]
    public async Task Pages_follow_one_sort_rule()
    {
        await using var bench = await SandboxBench.StartAsync();
        foreach (var key in new[] { "a", "b", "c" })
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            bench.Lead(key);
        }

        var first = await bench.SearchAsync(new { limit = 2, sorts = new[] { new { propertyName = "lastmodifieddate", direction = "DESCENDING" } } });
        var second = await bench.SearchAsync(new { limit = 2, after = "2", sorts = new[] { "-lastmodifieddate" } });

        Assert.Equal(["c@firm.example", "b@firm.example"], Emails(first));
        Assert.Equal(["a@firm.example"], Emails(second));
        Assert.Null(second.Body["paging"]);
        Assert.Equal(400, (await bench.SearchAsync(new { sorts = new[] { "email", "createdate" } })).Status);
    }

    [Fact]
    public async Task Too_long_or_too_many_is_a_bad_request()
    {
        await using var bench = await SandboxBench.StartAsync();
        var filter = new { propertyName = "email", @operator = "HAS_PROPERTY" };

        Assert.Equal(400, (await bench.SearchAsync(new { query = new string('x', 3_000) })).Status);
        Assert.Equal(400, (await bench.SearchAsync(new { limit = 201 })).Status);
        Assert.Equal(400, (await bench.SearchAsync(new { filterGroups = Enumerable.Repeat(new { filters = new[] { filter } }, 6) })).Status);
        Assert.Equal(400, (await bench.SearchAsync(new { filterGroups = new[] { new { filters = Enumerable.Repeat(filter, 7) } } })).Status);
    }

    [Fact]
    public async Task An_association_can_be_searched_for()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Company = new CompanySpec { Key = "c" } });
        bench.Lead("b");
        var company = await bench.ReadAsync(id, "associatedcompanyid");

        Assert.Equal("1", (await Search(bench, "associations.company", "EQ", company))["total"]);
    }

    [Fact]
    public async Task Archived_records_never_appear()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a");
        bench.Act("a", "archive");

        Assert.Equal("0", (await bench.SearchAsync(new { }))["total"]);
        Assert.Single((await bench.GetAsync("/crm/v3/objects/contacts?archived=true")).Body["results"]!.AsArray());
    }

    private static EngagementSpec Views(int count) => new() { Kind = "pageView", Count = count };

    private static string Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Emails(SandboxBench.Reply reply) =>
        reply.Body["results"]!.AsArray().Select(result => result!["properties"]!["email"]!.GetValue<string>());

    private static Task<SandboxBench.Reply> Search(SandboxBench bench, string property, string operation, string? value) =>
        bench.SearchAsync(new { filterGroups = new[] { new { filters = new[] { new { propertyName = property, @operator = operation, value } } } } });
}
