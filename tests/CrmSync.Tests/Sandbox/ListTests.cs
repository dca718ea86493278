using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Tests.Sandbox;

public sealed class ListTests
{
    private const string Lists = "/crm/lists/2026-09";

    [Theory]
    [InlineData("/crm/lists/2026-09")]
    [InlineData("/crm/v3/lists")]
    public async Task A_list_is_found_by_name_and_id_and_ends_with_its_deletion(string lists)
    {
        await using var bench = await SandboxBench.StartAsync();

        var made = await bench.PostAsync(lists + "/", List("Ready, set", Known("email")));
        var id = made.Body["list"]!["listId"]!.GetValue<string>();
        var byName = await bench.GetAsync(lists + "/object-type-id/0-1/name/Ready%2C%20set");
        var byId = await bench.GetAsync($"{lists}/{id}?includeFilters=true");

        Assert.Equal([200, 200, 200], new[] { made.Status, byName.Status, byId.Status });
        Assert.Equal(id, byName.Body["list"]!["listId"]!.GetValue<string>());
        Assert.Null(byName.Body["list"]!["filterBranch"]);
        Assert.Equal("OR", byId.Body["list"]!["filterBranch"]!["filterBranchType"]!.GetValue<string>());
        Assert.Equal(404, (await bench.GetAsync(lists + "/object-type-id/0-2/name/Ready%2C%20set")).Status);
        Assert.Equal(204, (await bench.SendAsync(HttpMethod.Delete, $"{lists}/{id}", null)).Status);
        Assert.Equal(404, (await bench.GetAsync($"{lists}/{id}")).Status);
    }

    [Fact]
    public async Task A_name_serves_one_list()
    {
        await using var bench = await SandboxBench.StartAsync();
        await bench.PostAsync(Lists, List("Ready", Known("email")));

        var again = await bench.PostAsync(Lists, List("Ready", Known("phone")));

        Assert.Equal((400, "VALIDATION_ERROR", "ILS.DUPLICATE_LIST_NAMES"), (again.Status, again["category"], again["subCategory"]));
    }

    [Fact]
    public async Task A_list_that_makes_no_sense_is_refused()
    {
        await using var bench = await SandboxBench.StartAsync();
        var fine = List("Fine", Known("email"));
        object[] senseless =
        [
            new { objectTypeId = "0-1", processingType = "DYNAMIC" },
            new { name = "A", objectTypeId = "0-1", processingType = "DYNAMIC" },
            new { name = "A", objectTypeId = "0-1", processingType = "SOMETIMES" },
            new { name = "A", objectTypeId = "9-9", processingType = "MANUAL" },
            new { name = "A", objectTypeId = "0-1", processingType = "DYNAMIC", filterBranch = new { filterBranchType = "AND", filters = new[] { Known("email") } } },
            List("A", Known("nosuch")),
            List("A", On("email", new { operationType = "NUMBER", @operator = "IS_LESS_THAN", value = 3 })),
            List("A", On("lifecyclestage", new { operationType = "ENUMERATION", @operator = "IS_ANY_OF", values = new[] { "nosuch" } })),
            List("A", On("createdate", new { operationType = "TIME_POINT", @operator = "IS_BEFORE", timePoint = Moment("NOW") })),
            List("A", Between("email", "VALUE", -1)),
        ];

        foreach (var list in senseless)
            Assert.Equal(400, (await bench.PostAsync(Lists, list)).Status);
        Assert.Equal(200, (await bench.PostAsync(Lists, fine)).Status);
    }

    [Fact]
    public async Task A_list_needs_a_scope_of_its_own()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { Scopes = ["crm.objects.contacts.read", "crm.lists.read"] });

        var refused = await bench.PostAsync(Lists, List("A", Known("email")));

        Assert.Equal((403, "MISSING_SCOPES"), (refused.Status, refused["category"]));
        Assert.Contains("crm.lists.write", refused.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await bench.GetAsync(Lists + "/object-type-id/0-1/name/A")).Status);
    }

    [Fact]
    public async Task Members_come_in_pages_and_follow_what_the_records_hold()
    {
        await using var bench = await SandboxBench.StartAsync();
        var ids = Enumerable.Range(0, 5).Select(number => bench.Lead($"p{number}")).ToList();
        var dynamic = await bench.PostAsync(Lists, List("Chiefs", Known("jobtitle")));
        var snapshot = await bench.PostAsync(Lists, List("Chiefs then", Known("jobtitle"), "SNAPSHOT"));
        foreach (var id in ids.Take(3))
            await bench.WriteAsync(id, "jobtitle", "CEO");

        var first = await bench.GetAsync($"{Lists}/{Id(dynamic)}/memberships?limit=2");
        var rest = await bench.GetAsync($"{Lists}/{Id(dynamic)}/memberships?limit=2&after={first.Body["paging"]!["next"]!["after"]}");

        Assert.Equal(ids.Take(3), Members(first).Concat(Members(rest)));
        Assert.Null(rest.Body["paging"]);
        Assert.Empty(Members(await bench.GetAsync($"{Lists}/{Id(snapshot)}/memberships")));
    }

    [Fact]
    public async Task A_change_is_recent_for_some_days()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        var list = await bench.PostAsync(Lists, List("Changed", Between("jobtitle", "UPDATED_AT", -7)));
        var members = $"{Lists}/{Id(list)}/memberships";
        Assert.Empty(Members(await bench.GetAsync(members)));

        await bench.WriteAsync(id, "jobtitle", "CEO");
        bench.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal([id], Members(await bench.GetAsync(members)));

        bench.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(Members(await bench.GetAsync(members)));
    }

    [Theory]
    [InlineData("lifecyclestage", """{"operationType":"ENUMERATION","operator":"IS_ANY_OF","values":["lead","customer"]}""", true)]
    [InlineData("lifecyclestage", """{"operationType":"ENUMERATION","operator":"IS_NONE_OF","values":["lead"]}""", false)]
    [InlineData("phone", """{"operationType":"ALL_PROPERTY","operator":"IS_UNKNOWN","includeObjectsWithNoValueSet":false}""", true)]
    [InlineData("bant_need", """{"operationType":"ENUMERATION","operator":"IS_NONE_OF","values":["yes"]}""", false)]
    [InlineData("bant_need", """{"operationType":"ENUMERATION","operator":"IS_NONE_OF","values":["yes"],"includeObjectsWithNoValueSet":true}""", true)]
    [InlineData("hs_analytics_num_page_views", """{"operationType":"NUMBER","operator":"IS_GREATER_THAN","value":3}""", true)]
    [InlineData("hs_analytics_num_page_views", """{"operationType":"NUMBER","operator":"IS_LESS_THAN_OR_EQUAL_TO","value":3}""", false)]
    [InlineData("createdate", """{"operationType":"TIME_POINT","operator":"IS_BEFORE","timePoint":{"timeType":"INDEXED","zoneId":"UTC","indexReference":{"referenceType":"TODAY"}}}""", false)]
    [InlineData("createdate", """{"operationType":"TIME_POINT","operator":"IS_AFTER","timePoint":{"timeType":"INDEXED","zoneId":"UTC","indexReference":{"referenceType":"TODAY"},"offset":{"days":-1}}}""", true)]
    public async Task A_filter_is_asked_of_the_record(string property, string operation, bool isMember)
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        bench.Act("a", "edit", request => request with { Fields = new Dictionary<string, string?> { ["hs_analytics_num_page_views"] = "4" } });

        var list = await bench.PostAsync(Lists, List("A", On(property, JsonNode.Parse(operation)!)));

        Assert.Equal(isMember ? [id] : [], Members(await bench.GetAsync($"{Lists}/{Id(list)}/memberships")));
    }

    [Fact]
    public async Task Search_finds_parts_of_names()
    {
        await using var bench = await SandboxBench.StartAsync();
        foreach (var name in new[] { "Hot leads", "Cold leads", "Customers" })
            await bench.PostAsync(Lists, new { name, objectTypeId = "0-1", processingType = "MANUAL" });

        var found = await bench.PostAsync(Lists + "/search", new { query = "LEADS", count = 1 });

        Assert.Equal(("2", "true", "1"), (found["total"], found["hasMore"], found["offset"]));
        Assert.Equal("Hot leads", Assert.Single(found.Body["lists"]!.AsArray())!["name"]!.GetValue<string>());
    }

    private static string Id(SandboxBench.Reply reply) => reply.Body["list"]!["listId"]!.GetValue<string>();

    private static IEnumerable<string> Members(SandboxBench.Reply reply) => reply.Body["results"]!.AsArray().Select(member => member!["recordId"]!.GetValue<string>());

    private static object List(string name, object filter, string processingType = "DYNAMIC") => new
    {
        name,
        objectTypeId = "0-1",
        processingType,
        filterBranch = new { filterBranchType = "OR", filters = Array.Empty<object>(), filterBranches = new[] { new { filterBranchType = "AND", filters = new[] { filter } } } },
    };

    private static object Known(string property) => On(property, new { operationType = "ALL_PROPERTY", @operator = "IS_KNOWN" });

    private static object Between(string property, string propertyParser, int days) => On(property, new
    {
        operationType = "TIME_RANGED",
        @operator = "IS_BETWEEN",
        propertyParser,
        lowerBoundTimePoint = Moment("TODAY", days),
        upperBoundTimePoint = Moment("NOW"),
    });

    private static object Moment(string referenceType, int days = 0) =>
        new { timeType = "INDEXED", zoneId = "UTC", indexReference = new { referenceType }, offset = new { days } };

    private static object On(string property, object operation) => new { filterType = "PROPERTY", property, operation };
}
