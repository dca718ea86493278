using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Tests.Sandbox.Pipedrive;
using CrmSync.Tests.Sandbox.Salesforce;

namespace CrmSync.Tests.Sandbox;

public sealed class RepeatedPageTests
{
    private const string List = "/crm/objects/2026-09/contacts?limit=1";

    [Fact]
    public async Task The_page_before_is_given_again_cursor_and_all_as_often_as_it_was_taken()
    {
        await using var bench = await SandboxBench.StartAsync();
        Three(key => bench.Lead(key));
        bench.Fault(FaultBook.RepeatPage, "contacts", fault => fault with { Take = 2 });

        var first = await bench.GetAsync(List);
        var further = $"{List}&after={first.Body["paging"]!["next"]!["after"]}";
        var pages = new[] { await bench.GetAsync(further), await bench.GetAsync(further), await bench.GetAsync(further) };

        Assert.Equal([first.Text, first.Text], pages.Take(2).Select(page => page.Text));
        Assert.NotEqual(first.Text, pages[2].Text);
        Assert.Equal([null, FaultBook.RepeatPage, FaultBook.RepeatPage, null], Struck(bench.Host));
    }

    [Fact]
    public async Task A_first_page_a_last_one_and_a_single_record_repeat_nothing_and_do_not_count()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        bench.Fault(FaultBook.RepeatPage, "contacts", fault => fault with { Take = 1 });

        await bench.GetAsync(List);
        bench.Lead("b");
        var first = await bench.GetAsync(List);
        await bench.ReadAsync(id, "jobtitle");
        var again = await bench.GetAsync($"{List}&after={first.Body["paging"]!["next"]!["after"]}");

        Assert.Equal(first.Text, again.Text);
        Assert.Equal([null, null, null, FaultBook.RepeatPage], Struck(bench.Host));
    }

    [Fact]
    public async Task A_search_goes_on_by_whatever_its_body_asks_for()
    {
        await using var bench = await SandboxBench.StartAsync();
        Three(key => bench.Lead(key));
        bench.Fault(FaultBook.RepeatPage, "search", fault => fault with { Take = 1 });

        var first = await bench.SearchAsync(new { limit = 2 });
        var further = new { limit = 2, filterGroups = new[] { new { filters = new[] { new { propertyName = "hs_object_id", @operator = "GT", value = first.Body["results"]![1]!["id"]!.GetValue<string>() } } } } };
        var (again, last) = (await bench.SearchAsync(further), await bench.SearchAsync(further));
        var anew = await bench.SearchAsync(new { limit = 2 });

        Assert.Equal((first.Text, 1), (again.Text, last.Body["results"]!.AsArray().Count));
        Assert.Equal(first.Text, anew.Text);
    }

    [Fact]
    public async Task Salesforce_repeats_the_page_that_a_query_goes_on_with()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Host.Control.Generate(new() { Crm = "salesforce", Count = 450 });
        bench.Host.Control.AddFault(new() { Crm = "salesforce", Fault = FaultBook.RepeatPage, Take = 1 });

        var first = await bench.SendAsync(HttpMethod.Get, "query?q=SELECT+Id+FROM+Lead+ORDER+BY+Id", null, ("Sforce-Query-Options", "batchSize=200"));
        var further = first.Body["nextRecordsUrl"]!.GetValue<string>();
        var (again, second) = (await bench.GetAsync(further), await bench.GetAsync(further));

        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.NotEqual(further, second.Body["nextRecordsUrl"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/v1/leads?limit=1", "&start=1")]
    [InlineData("/api/v2/persons?limit=1", "&cursor=")]
    public async Task Pipedrive_repeats_by_number_and_by_cursor(string list, string place)
    {
        await using var bench = await CompanyBench.StartAsync();
        Three(key => bench.Lead(key));
        bench.Host.Control.AddFault(new() { Crm = "pipedrive", Fault = FaultBook.RepeatPage, Take = 1 });

        var first = await bench.GetAsync(list);
        var further = list + place + first.Body["additional_data"]!["next_cursor"];
        var (again, second) = (await bench.GetAsync(further), await bench.GetAsync(further));

        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.NotEqual(first.Body.ToJsonString(), second.Body.ToJsonString());
    }

    private static void Three(Func<string, string> add) => Array.ForEach(["a", "b", "c"], key => add(key));

    private static IEnumerable<string?> Struck(SandboxHost host) => host.Control.Log().Where(entry => entry.Kind == "request").Select(entry => entry.Fault);
}
