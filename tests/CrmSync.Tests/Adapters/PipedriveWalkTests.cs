using CrmSync.Adapters;

namespace CrmSync.Tests.Adapters;

/// <summary>All activities are walked through before the leads of a sweep are read, and again where what was walked through is no longer known.</summary>
public sealed class PipedriveWalkTests
{
    private const string Activities = "activities";
    private static readonly TimeSpan Day = TimeSpan.FromHours(21);

    /// <summary>What a process before it spent counts for the next one, whose clock stands still: there is enough for all.</summary>
    private static readonly CrmConnection Unhurried = PipedriveHarness.With(("RequestsPer2Seconds", "400"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly List<string> _asked = [];

    [Fact]
    public async Task A_sweep_walks_once_and_then_goes_through_the_leads()
    {
        var adapter = Harness().Adapter(Unhurried);

        await SweepAsync(adapter, null);

        Assert.Equal([Activities, "activities c1", "leads 0", "leads 9", "leads 18", "deals", "archived 0"], _asked);
    }

    [Fact]
    public async Task One_that_another_process_began_walks_and_goes_on_at_its_place()
    {
        var harness = Harness();
        var position = await SweepAsync(harness.Adapter(Unhurried), null, pages: 4);
        _asked.Clear();

        await SweepAsync(harness.Adapter(Unhurried), position);

        Assert.Equal([Activities, "activities c1", "leads 18", "deals", "archived 0"], _asked);
    }

    [Fact]
    public async Task One_whose_walk_another_process_began_walks_anew_and_goes_on_at_its_place()
    {
        var harness = Harness();
        var position = await SweepAsync(harness.Adapter(Unhurried), null, pages: 4);
        position = await SweepAsync(harness.Adapter(Unhurried), position, pages: 1);
        _asked.Clear();

        await SweepAsync(harness.Adapter(Unhurried), position);

        Assert.Equal([Activities, "activities c1", "leads 18", "deals", "archived 0"], _asked);
    }

    [Fact]
    public async Task One_that_lasts_for_days_walks_again()
    {
        var harness = Harness();
        var adapter = harness.Adapter(Unhurried);
        var position = await SweepAsync(adapter, null, pages: 3);
        harness.Time.Advance(Day);
        position = await SweepAsync(adapter, position, pages: 3);
        harness.Time.Advance(Day / 2);
        await SweepAsync(adapter, position);

        Assert.Equal([Activities, "activities c1", "leads 0", Activities, "activities c1", "leads 9", "leads 18", "deals", "archived 0"], _asked);
    }

    /// <summary>Who may not see them, or has too many, would walk for ever.</summary>
    [Fact]
    public async Task A_walk_in_vain_is_not_begun_again_in_the_same_sweep()
    {
        var harness = Harness(() => 403);
        var adapter = harness.Adapter(Unhurried);

        var position = await SweepAsync(adapter, null, pages: 2);
        harness.Time.Advance(Day);
        await SweepAsync(adapter, position);

        Assert.Equal([Activities, "leads 0", "leads 9", "leads 18", "deals", "archived 0"], _asked);
    }

    /// <summary>The purse that sweeps may use is empty, say, when a worker starts anew.</summary>
    [Fact]
    public async Task A_walk_that_could_not_begin_begins_later()
    {
        var status = 200;
        var harness = Harness(() => status);
        var position = await SweepAsync(harness.Adapter(Unhurried), null, pages: 4);
        var adapter = harness.Adapter(Unhurried);
        status = 404;
        await Assert.ThrowsAsync<CrmException>(() => adapter.SweepAsync(position, Stop));
        status = 200;
        _asked.Clear();

        await SweepAsync(adapter, position);

        Assert.Equal([Activities, "activities c1", "leads 18", "deals", "archived 0"], _asked);
    }

    /// <summary>Where there are very many, and few tokens a day.</summary>
    [Fact]
    public async Task A_walk_that_lasts_for_days_is_followed_by_the_leads()
    {
        var harness = Harness();
        var adapter = harness.Adapter(Unhurried);

        var position = await SweepAsync(adapter, null, pages: 1);
        harness.Time.Advance(Day);
        await SweepAsync(adapter, position);

        Assert.Equal([Activities, "activities c1", "leads 0", "leads 9", "leads 18", "deals", "archived 0"], _asked);
    }

    [Fact]
    public async Task Where_activities_are_not_read_nothing_is_walked_through()
    {
        var (harness, none) = (Harness(), PipedriveHarness.With(("Activities", "none"), ("RequestsPer2Seconds", "400")));
        var position = await SweepAsync(harness.Adapter(none), null, pages: 2);

        await SweepAsync(harness.Adapter(none), position);

        Assert.Equal(["leads 0", "leads 9", "leads 18", "deals", "archived 0"], _asked);
    }

    private PipedriveHarness Harness(Func<int>? status = null) => new(new StubNetwork((r, _) => Answer(r, status?.Invoke() ?? 200)));

    private static async Task<string?> SweepAsync(ICrmAdapter adapter, string? position, int pages = 10)
    {
        do
            position = (await adapter.SweepAsync(position, Stop)).Position;
        while (position is not null && --pages > 0);
        return position;
    }

    /// <summary>Two pages of activities, and 28 leads in pages of ten, which begin a tenth before the end of the one before.</summary>
    private HttpResponseMessage Answer(HttpRequestMessage request, int status)
    {
        var asked = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var start = int.Parse(asked["start"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        switch (request.RequestUri.AbsolutePath)
        {
            case "/api/v2/activities":
                _asked.Add($"{Activities} {asked["cursor"]}".Trim());
                return status != 200 ? StubNetwork.Json("""{"success":false,"error":"You do not have permission"}""", status)
                    : StubNetwork.Json($$$"""{"success":true,"data":[],"additional_data":{"next_cursor":{{{(asked["cursor"] is null ? "\"c1\"" : "null")}}} } }""");
            case "/api/v1/leads":
                _asked.Add($"leads {start}");
                var rows = Enumerable.Range(start, Math.Min(10, 28 - start)).Select(n => $$"""{"id":"{{PipedriveHarness.Lead[..^2]}}{{n + 10}}","title":"A"}""");
                return StubNetwork.Json($$$"""{"success":true,"data":[{{{string.Join(",", rows)}}}],"additional_data":{"pagination":{"start":{{{start}}},"limit":10,"more_items_in_collection":{{{(start + 10 < 28 ? "true" : "false")}}} } } }""");
            case "/api/v1/leads/archived":
                _asked.Add($"archived {start}");
                return StubNetwork.Json("""{"success":true,"data":[]}""");
            case "/api/v2/deals":
                _asked.Add("deals");
                return PipedriveHarness.Answer(request);
            default:
                return PipedriveHarness.Answer(request);
        }
    }
}
