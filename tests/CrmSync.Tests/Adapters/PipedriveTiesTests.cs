using System.Net;
using CrmSync.Adapters;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Tests.Adapters;

/// <summary>Whose leads they are is asked for once, and what was seen is not asked for again.</summary>
public sealed class PipedriveTiesTests
{
    private const int Whole = 40;
    private const int Page = 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_walk_that_was_stopped_goes_on_where_it_was()
    {
        var (starts, isBroken) = (new List<int>(), true);
        var network = new StubNetwork((request, _) =>
        {
            if (request.RequestUri!.AbsolutePath != "/api/v1/leads")
                return PipedriveHarness.Answer(request);
            var start = int.Parse(QueryHelpers.ParseQuery(request.RequestUri.Query)["start"]!, System.Globalization.CultureInfo.InvariantCulture);
            starts.Add(start);
            return start > 0 && isBroken ? StubNetwork.Json("""{"success":false,"error":"Scope and URL mismatch"}""", (int)HttpStatusCode.Forbidden) : StubNetwork.Json(Leads(start));
        });
        var adapter = new PipedriveHarness(network).Adapter();
        string[] persons = ["1", "2", "3", "39"];

        await Assert.ThrowsAsync<CrmException>(() => adapter.LeadsOfAsync("persons", persons, Stop));
        isBroken = false;
        starts.Clear();
        var leads = await adapter.LeadsOfAsync("persons", persons, Stop);
        await adapter.LeadsOfAsync("persons", ["4", "5", "6", "7", "8"], Stop);

        Assert.Equal([18, 36], starts);
        Assert.Equal(persons, leads.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_asked_for_one_by_one_again_and_again_is_walked_to_in_the_end()
    {
        var asked = new List<string?>();
        var network = new StubNetwork((request, _) =>
        {
            if (request.RequestUri!.AbsolutePath != "/api/v1/leads")
                return PipedriveHarness.Answer(request);
            asked.Add(QueryHelpers.ParseQuery(request.RequestUri.Query).TryGetValue("person_id", out var person) ? person.ToString() : null);
            return StubNetwork.Json("""{"success":true,"data":[],"additional_data":{"start":0,"limit":500,"more_items_in_collection":false}}""");
        });
        var adapter = new PipedriveHarness(network).Adapter(PipedriveHarness.With(("RequestsPer2Seconds", "400")));

        for (var person = 100; person < 140; person++)
            await adapter.LeadsOfAsync("persons", [$"{person}"], Stop);

        Assert.Equal((25, 1), (asked.Count(a => a is not null), asked.Count(a => a is null)));
    }

    private static string Leads(int start)
    {
        var rows = Enumerable.Range(start, Math.Min(Page, Whole - start)).Select(i => $$"""{"id":"00000000-0000-0000-0000-{{i:000000000000}}","person_id":{{i}},"organization_id":null}""");
        return $$$"""{"success":true,"data":[{{{string.Join(",", rows)}}}],"additional_data":{"start":{{{start}}},"limit":500,"more_items_in_collection":{{{(start + Page < Whole ? "true" : "false")}}}}}""";
    }
}
