using System.Globalization;
using System.Text.Json;
using CrmSync.Adapters;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>Polling against a search that sorts, pages and lags as HubSpot's does.</summary>
public sealed class HubSpotPollingTests
{
    private readonly FakeTimeProvider _time = new(HubSpotHarness.Start) { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
    private readonly Dictionary<long, long> _modified = [];
    private readonly Dictionary<long, long> _visible = [];
    private int _searches;
    private int _again;
    private string? _last;

    [Fact]
    public async Task Sees_every_change_once_a_round()
    {
        for (var id = 1; id <= 1000; id++)
            _modified[id] = Ago(1000 - id);

        var (seen, _) = await RoundAsync(Adapter().PositionAt(HubSpotHarness.Start.AddDays(-1)));

        Assert.Equal(1000, seen.Distinct().Count());
        Assert.Equal(6, _searches);
    }

    [Fact]
    public async Task Gets_through_more_records_of_one_instant_than_search_will_page()
    {
        for (var id = 1; id <= 12_000; id++)
            _modified[id] = Ago(5000);
        _modified[20_001] = Ago(4000);

        var (seen, _) = await RoundAsync(Adapter().PositionAt(HubSpotHarness.Start.AddDays(-1)));

        Assert.Equal(12_001, seen.Distinct().Count());
    }

    [Fact]
    public async Task Misses_nothing_that_changes_during_the_scan()
    {
        var random = new Random(3);
        for (var id = 1; id <= 2000; id++)
            _modified[id] = Ago(3000 - id);
        var touched = new HashSet<long>();

        var (seen, position) = await RoundAsync(Adapter().PositionAt(HubSpotHarness.Start.AddDays(-1)), () =>
        {
            var id = random.Next(1, 2001);
            touched.Add(id);
            _modified[id] = _time.GetUtcNow().ToUnixTimeMilliseconds();
        });
        var (later, _) = await RoundAsync(position);

        Assert.Equal(2000, seen.Concat(later).Select(s => s.Split('@')[0]).Distinct().Count());
        Assert.All(touched, id => Assert.Contains($"contacts:{id}@{Iso(_modified[id])}", seen.Concat(later)));
    }

    [Fact]
    public async Task Finds_a_change_that_the_index_shows_late()
    {
        var adapter = Adapter();
        _modified[1] = Ago(10);
        _modified[2] = Ago(20);
        _visible[2] = Now + 240_000;

        var (_, position) = await RoundAsync(adapter.PositionAt(HubSpotHarness.Start.AddHours(-1)));
        _time.Advance(TimeSpan.FromSeconds(241));
        var (later, _) = await RoundAsync(position);

        Assert.Contains(later, d => d.StartsWith("contacts:2@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"seen":99999999999999}""")]
    [InlineData("""{"seen":-1}""")]
    [InlineData("""{"seen":5,"seen":6}""")]
    public async Task Reads_again_from_the_overlap_when_the_position_makes_no_sense(string position)
    {
        _modified[1] = Ago(100);
        _modified[2] = Ago(1000);

        var (seen, _) = await RoundAsync(position);

        Assert.Equal("contacts:1", Assert.Single(seen).Split('@')[0]);
    }

    [Fact]
    public async Task Is_not_dragged_along_by_a_record_from_the_future()
    {
        var adapter = Adapter();
        _modified[1] = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var (_, position) = await RoundAsync(adapter.PositionAt(HubSpotHarness.Start));

        _time.Advance(TimeSpan.FromHours(1));
        _modified[2] = Ago(60);
        var (seen, _) = await RoundAsync(position);

        Assert.Contains(seen, d => d.StartsWith("contacts:2@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asks_a_quiet_account_once_a_round()
    {
        for (var id = 1; id <= 1000; id++)
            _modified[id] = Ago(1);
        var (_, position) = await RoundAsync(Adapter().PositionAt(HubSpotHarness.Start.AddMinutes(-1)));
        _time.Advance(TimeSpan.FromMinutes(30));
        (_, position) = await RoundAsync(position);
        _searches = 0;

        await RoundAsync(position);

        Assert.Equal(1, _searches);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Misses_nothing_where_search_gives_a_page_again(int times)
    {
        for (var id = 1; id <= 600; id++)
            _modified[id] = Ago(3000 - (3 * id));
        var (all, position, isFirst) = (new List<string>(), Adapter().PositionAt(HubSpotHarness.Start.AddHours(-1)), true);
        for (var round = 0; round < 10; round++)
        {
            (var seen, position) = await RoundAsync(position, () => (_again, isFirst) = (isFirst ? times : _again, false));
            all.AddRange(seen);
            _time.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(600, all.Distinct().Count());
    }

    [Fact]
    public async Task Ends_the_round_when_search_repeats_a_page()
    {
        var network = new StubNetwork((_, _) => StubNetwork.Json(
            """{"total":9,"results":[{"id":"1","properties":{"lastmodifieddate":"2020-01-01T00:00:00Z"}},{"id":"2","properties":{"lastmodifieddate":"2020-01-01T00:00:00Z"}}]}"""));
        var adapter = new HubSpotHarness(network, _time).Adapter(HubSpotHarness.With(("PageSize", "2")));

        var page = await adapter.PollAsync("contacts", adapter.PositionAt(HubSpotHarness.Start.AddHours(-1)), _time.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.False(page.More);
    }

    private async Task<(List<string> Seen, string Position)> RoundAsync(string position, Action? between = null)
    {
        var adapter = Adapter();
        var seen = new List<string>();
        for (var pages = 0; pages < 1000; pages++)
        {
            var page = await adapter.PollAsync("contacts", position, _time.GetUtcNow(), TestContext.Current.CancellationToken);
            seen.AddRange(page.Records.Select(r => r.Delivery));
            position = page.Position;
            if (!page.More)
                return (seen, position);
            between?.Invoke();
        }
        throw new InvalidOperationException("The round does not end.");
    }

    private ICrmAdapter Adapter() => new HubSpotHarness(new StubNetwork((_, body) => Search(body)), _time).Adapter(HubSpotHarness.With(("SearchesPerSecond", "100000")));

    private HttpResponseMessage Search(string body)
    {
        _searches++;
        if (_again-- > 0)
            return StubNetwork.Json(_last!);
        using var query = JsonDocument.Parse(body);
        var filters = query.RootElement.GetProperty("filterGroups")[0].GetProperty("filters").EnumerateArray()
            .Select(f => (Property: f.GetProperty("propertyName").GetString(), Operator: f.GetProperty("operator").GetString(), Value: long.Parse(f.GetProperty("value").GetString()!, CultureInfo.InvariantCulture))).ToList();
        var byId = query.RootElement.GetProperty("sorts")[0].GetProperty("propertyName").GetString() == "hs_object_id";
        var hits = _modified.Where(r => _visible.GetValueOrDefault(r.Key) <= Now && filters.All(f => (f.Property == "hs_object_id" ? r.Key : r.Value) is var v && f.Operator switch
        {
            "GTE" => v >= f.Value,
            "LTE" => v <= f.Value,
            _ => v > f.Value,
        })).OrderBy(r => byId ? r.Key : r.Value).ToList();
        var results = hits.Take(query.RootElement.GetProperty("limit").GetInt32()).Select(r => new { id = $"{r.Key}", properties = new { lastmodifieddate = Iso(r.Value) } });
        return StubNetwork.Json(_last = JsonSerializer.Serialize(new { total = hits.Count, results }));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long Ago(int seconds) => HubSpotHarness.Start.AddSeconds(-seconds).ToUnixTimeMilliseconds();

    private static string Iso(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
