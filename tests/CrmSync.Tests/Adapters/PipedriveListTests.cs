using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>Lists: what their rows save, how a round goes on whose place is refused, and in which order they tell.</summary>
public sealed class PipedriveListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archived_lead_that_a_page_showed_is_not_asked_for_alone()
    {
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath == "/api/v1/leads/archived"
            ? StubNetwork.Json($$"""{"success":true,"data":[{"id":"{{PipedriveHarness.Lead}}","title":"A","is_archived":true,"update_time":"2026-01-02T07:00:00.004Z"}]}""")
            : PipedriveHarness.Answer(r));
        var adapter = new PipedriveHarness(network).Adapter();
        string? position = null;
        do
            position = (await adapter.SweepAsync(position, Stop)).Position;
        while (position is not null);

        Assert.Equal(CrmReadingKind.Gone, (await adapter.ReadAsync([PipedriveHarness.Lead], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop))[0].Kind);
        Assert.DoesNotContain(network.Calls, c => c.Path.Contains($"/leads/{PipedriveHarness.Lead}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 4)]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("5000", 10)]
    public async Task So_many_leads_are_asked_for_side_by_side_as_the_setting_says(string? setting, int together)
    {
        var (asked, isHeld, release) = (0, false, new TaskCompletionSource());
        var network = new StubNetwork(async (r, _) =>
        {
            if (isHeld && r.RequestUri!.AbsolutePath.Contains("/leads/", StringComparison.Ordinal) && Interlocked.Increment(ref asked) > 0)
                await release.Task;
            return PipedriveHarness.Answer(r);
        });
        var adapter = new PipedriveHarness(network).Adapter(PipedriveHarness.With([("RequestsPer2Seconds", "400"), .. setting is null ? [] : new[] { ("ReadsAtOnce", setting) }]));
        var ids = Enumerable.Range(10, 12).Select(i => PipedriveHarness.Lead[..^2] + i).ToList();
        await adapter.ReadAsync(ids[..1], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);

        isHeld = true;
        var reading = adapter.ReadAsync(ids, ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);
        var before = asked;
        release.SetResult();

        Assert.Equal((together, 12), (before, (await reading).Count(r => r.Kind == CrmReadingKind.Found)));
    }

    /// <summary>The leads of a person, of which the list never comes to an end.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"5d0c2f10-1611-11f1-8a51-0f2b6c0d9e77\",\"title\":\"A\"}")]
    public async Task A_list_that_tells_nothing_new_and_goes_on_is_given_up(string row)
    {
        var (asked, cursor) = (0, 0);
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath switch
        {
            "/api/v2/deals" => StubNetwork.Json($$$"""{"success":true,"data":[{{{row}}}],"additional_data":{"next_cursor":"c{{{cursor++}}}"}}"""),
            _ => Answer(r),
        });
        var adapter = new PipedriveHarness(network).Adapter(PipedriveHarness.With(("RequestsPer2Seconds", "400")));

        var failure = await Assert.ThrowsAsync<CrmException>(() => adapter.ReadAsync([.. Enumerable.Range(1, 40).Select(n => $"{n}")], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop));
        asked = network.Calls.Count(c => c.Path == "/api/v2/deals");

        Assert.Equal((CrmFailure.Transient, true), (failure.Failure, asked <= 5));
    }

    [Fact]
    public async Task A_sweep_tells_of_the_deals_that_leads_became()
    {
        var asked = new List<string>();
        var network = new StubNetwork((r, _) => !IsOfDeals(r, asked) ? Answer(r)
            : StubNetwork.Json(r.RequestUri!.Query.Contains("cursor=c1", StringComparison.Ordinal)
                ? $$$"""{"success":true,"data":[{"id":7,"source_lead_id":"{{{PipedriveHarness.Other}}}"}],"additional_data":{"next_cursor":null}}"""
                : $$$"""{"success":true,"data":[{"id":5,"source_lead_id":"{{{PipedriveHarness.Lead}}}"},{"id":6,"source_lead_id":null}],"additional_data":{"next_cursor":"c1"}}"""));
        var adapter = new PipedriveHarness(network).Adapter();

        Assert.Equal(["5", "7"], await StandingAsync(adapter));
        Assert.Equal(2, asked.Count);
        Assert.All(asked, query => Assert.Contains("status=open%2Cwon%2Clost", query, StringComparison.Ordinal));
        Assert.Equal("/api/v1/leads/archived", network.Calls.Last().Path);
    }

    [Theory]
    [InlineData("leads,deals", 403)]
    [InlineData("leads,deals", 400)]
    [InlineData("leads,persons", 200)]
    public async Task A_sweep_goes_on_without_deals_where_they_are_hidden_or_their_changes_are_not_told(string streams, int status)
    {
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath == "/api/v2/deals" ? StubNetwork.Json("""{"success":false,"error":"You do not have permission"}""", status) : Answer(r));
        var adapter = new PipedriveHarness(network).Adapter(PipedriveHarness.With(("Streams", streams)));

        Assert.Empty(await StandingAsync(adapter));
        Assert.Equal(status == 200 ? 0 : 1, network.Calls.Count(c => c.Path == "/api/v2/deals"));
        Assert.Equal("/api/v1/leads/archived", network.Calls.Last().Path);
    }

    [Fact]
    public async Task A_deal_that_was_made_a_lead_again_goes_on_as_that_lead()
    {
        var isRead = true;
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath switch
        {
            "/api/v2/deals/5" => StubNetwork.Json("""{"success":true,"data":{"id":5,"status":"deleted","is_deleted":true}}"""),
            "/api/v1/leads" => StubNetwork.Json($$"""{"success":true,"data":[{{Again}}]}"""),
            var path when path.EndsWith(PipedriveHarness.Lead, StringComparison.Ordinal) => StubNetwork.Json(PipedriveHarness.LeadBody(more: isRead ? ",\"source_deal_id\":5" : "")),
            _ => Answer(r),
        });
        var harness = new PipedriveHarness(network);
        var (told, listed, swept) = (harness.Adapter(), harness.Adapter(), harness.Adapter());

        Assert.Equal(["5"], (await ReadAsync(told, PipedriveHarness.Lead)).Lead!.FormerIds);
        isRead = false;
        await listed.PollAsync("leads", listed.PositionAt(PipedriveHarness.Start.AddDays(-7)), harness.Time.GetUtcNow(), Stop);
        await StandingAsync(swept);

        CrmReading[] deals = [await ReadAsync(told, "5"), await ReadAsync(listed, "5"), await ReadAsync(swept, "5")];
        Assert.All(deals, deal => Assert.Equal((CrmReadingKind.Moved, PipedriveHarness.Lead), (deal.Kind, deal.MovedTo)));
    }

    [Fact]
    public async Task A_deal_that_is_gone_is_waited_for_until_a_lead_of_it_would_show()
    {
        var harness = new PipedriveHarness(new StubNetwork((r, _) => r.RequestUri!.AbsolutePath == "/api/v2/deals/5"
            ? StubNetwork.Json("""{"success":true,"data":{"id":5,"status":"deleted","is_deleted":true}}""") : Answer(r)));
        var adapter = harness.Adapter();

        var first = await ReadAsync(adapter, "5");
        harness.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal((CrmReadingKind.Unreadable, true), (first.Kind, first.IsPassing));
        Assert.Equal(CrmReadingKind.Gone, (await ReadAsync(adapter, "5")).Kind);
    }

    private const string Again = $$"""{"id":"{{PipedriveHarness.Lead}}","title":"A","is_archived":false,"source_deal_id":5,"update_time":"2026-01-02T07:00:00.004Z"}""";

    private static async Task<CrmReading> ReadAsync(ICrmAdapter adapter, string id) => (await adapter.ReadAsync([id], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop))[0];

    private static HttpResponseMessage Answer(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath == "/api/v1/leads/archived" ? StubNetwork.Json("""{"success":true,"data":[]}""") : PipedriveHarness.Answer(request);

    private static bool IsOfDeals(HttpRequestMessage request, List<string> asked)
    {
        if (request.RequestUri!.AbsolutePath != "/api/v2/deals")
            return false;
        asked.Add(request.RequestUri.Query);
        return true;
    }

    /// <summary>A whole sweep.</summary>
    private static async Task<List<string>> StandingAsync(ICrmAdapter adapter)
    {
        var (position, standing) = ((string?)null, new List<string>());
        do
        {
            var page = await adapter.SweepAsync(position, Stop);
            standing.AddRange(page.Standing);
            position = page.Position;
        }
        while (position is not null);
        return standing;
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_round_whose_place_is_refused_begins_anew(int status)
    {
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath != "/api/v2/deals" ? PipedriveHarness.Answer(r)
            : r.RequestUri.Query.Contains("cursor=", StringComparison.Ordinal) ? StubNetwork.Json("""{"success":false,"error":"Bad cursor","code":"ERR_BAD_REQUEST"}""", status)
            : StubNetwork.Json("""{"success":true,"data":[{"id":5,"source_lead_id":null,"update_time":"2026-01-04T06:00:00Z"}],"additional_data":{"next_cursor":"c1"}}"""));
        var harness = new PipedriveHarness(network);
        var adapter = harness.Adapter();
        var first = await adapter.PollAsync("deals", adapter.PositionAt(PipedriveHarness.Start.AddDays(-1)), harness.Time.GetUtcNow(), Stop);

        var refused = await adapter.PollAsync("deals", first.Position, harness.Time.GetUtcNow(), Stop);
        var again = await adapter.PollAsync("deals", refused.Position, harness.Time.GetUtcNow(), Stop);

        Assert.Equal((0, false), (refused.Records.Count, refused.More));
        Assert.Equal(["5"], again.Records.Select(r => r.Id));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 4)]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    public async Task A_page_of_leads_that_is_given_again_passes_none_over(bool isOneSecond, int times)
    {
        var (again, last) = (0, "");
        var harness = new PipedriveHarness(new StubNetwork((r, _) => r.RequestUri!.AbsolutePath != "/api/v1/leads" ? PipedriveHarness.Answer(r)
            : StubNetwork.Json(last = again-- > 0 ? last : PageOf(r.RequestUri.Query, isOneSecond))));
        var adapter = harness.Adapter(PipedriveHarness.With(("PageSize", "3")));
        var (position, seen) = (adapter.PositionAt(PipedriveHarness.Start.AddHours(-1)), new HashSet<string>());
        for (var pages = 0; pages < 40; pages++)
        {
            var page = await adapter.PollAsync("leads", position, harness.Time.GetUtcNow(), Stop);
            (position, again) = (page.Position, pages == 0 ? times : again);
            seen.UnionWith(page.Records.Select(r => r.Id));
            if (!page.More)
                harness.Time.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(12, seen.Count);
    }

    /// <summary>Twelve leads, changed twenty to nine minutes ago or all at once.</summary>
    private static string PageOf(string query, bool isOneSecond)
    {
        var asked = System.Web.HttpUtility.ParseQueryString(query);
        var (since, start) = (DateTimeOffset.Parse(asked["updated_since"]!, System.Globalization.CultureInfo.InvariantCulture), int.Parse(asked["start"] ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        var all = Enumerable.Range(0, 12).Select(i => (Id: PipedriveHarness.Lead[..^2] + $"{i + 10}", At: PipedriveHarness.Start.AddMinutes(isOneSecond ? -20 : i - 20))).Where(l => l.At >= since).ToList();
        var rows = all.Skip(start).Take(3).Select(l => $$"""{"id":"{{l.Id}}","title":"A","update_time":"{{l.At:yyyy-MM-ddTHH:mm:ss}}.004Z"}""");
        return $$$"""{"success":true,"data":[{{{string.Join(",", rows)}}}],"additional_data":{"pagination":{"start":{{{start}}},"limit":3,"more_items_in_collection":{{{(start + 3 < all.Count ? "true" : "false")}}} } } }""";
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_one_second_the_history_tells_in_the_order_of_the_list(bool isNewestFirst)
    {
        PipedriveRecord[] oldestFirst = [Entry("06:59:00", null, "a"), Entry("07:00:00", "a", null), Entry("07:00:00", null, "b")];
        var history = new PipedriveHistory(isNewestFirst ? oldestFirst.Reverse() : oldestFirst, "1");

        Assert.Equal(["a", null, "b"], history.Of("f", null, v => v).Select(c => c.Value));
        Assert.NotNull(history.Since("f", "b"));
    }

    private static PipedriveRecord Entry(string time, string? before, string? after)
    {
        var entry = new PipedriveRecord { ["field_key"] = "f", ["time"] = $"2026-01-05 {time}", ["actor_user_id"] = "7" };
        entry.Set("old_value", before);
        entry.Set("new_value", after);
        return entry;
    }
}
