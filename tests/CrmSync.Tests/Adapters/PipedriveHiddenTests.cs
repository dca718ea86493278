using CrmSync.Adapters;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>What somebody hid from our user, beside a right that was lost.</summary>
public sealed class PipedriveHiddenTests
{
    private const string Denied = """{"success":false,"error":"You do not have permission"}""";
    private const string OneDeal = """{"success":true,"data":[{"id":5,"status":"open","update_time":"2026-01-02T07:00:00Z"}],"additional_data":{"next_cursor":null}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_records_that_are_hidden_hold_no_others_up(bool areDeals)
    {
        string[] ids = areDeals ? ["77", "78"] : [PipedriveHarness.Lead, PipedriveHarness.Other];
        var adapter = Adapter(path => IsAlone(path) ? StubNetwork.Json(Denied, 403) : Listed(path));

        var readings = await adapter.ReadAsync(ids, ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);

        Assert.Equal([(CrmReadingKind.Unreadable, false), (CrmReadingKind.Unreadable, false)], readings.Select(r => (r.Kind, r.IsPassing)));
        Assert.All(readings, r => Assert.Contains("Give the token's user the right", r.Reason, StringComparison.Ordinal));
    }

    /// <summary>Of many a list is asked for, and only those alone that it does not show.</summary>
    [Fact]
    public async Task Deals_that_a_list_shows_are_read_beside_two_that_are_hidden()
    {
        var adapter = Adapter(path => IsAlone(path) ? StubNetwork.Json(Denied, 403) : path == "/api/v2/deals"
            ? StubNetwork.Json($$$"""{"success":true,"data":[{{{string.Join(",", Enumerable.Range(1, 30).Select(n => $$"""{"id":{{n}},"status":"open","update_time":"2026-01-02T07:00:00Z"}"""))}}}],"additional_data":{"next_cursor":null}}""")
            : null);

        var readings = await adapter.ReadAsync([.. Enumerable.Range(1, 32).Select(n => $"{n}")], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);

        Assert.Equal(["31", "32"], readings.Where(r => r.Kind == CrmReadingKind.Unreadable).Select(r => r.LeadId));
        Assert.Equal(30, readings.Count(r => r.Kind == CrmReadingKind.Found));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Where_the_list_shows_nothing_either_a_right_was_lost(bool areDeals, bool isForbidden)
    {
        string[] ids = areDeals ? ["77", "78"] : [PipedriveHarness.Lead, PipedriveHarness.Other];
        var adapter = Adapter(path => IsAlone(path) || (isForbidden && path is "/api/v1/leads" or "/api/v2/deals") ? StubNetwork.Json(Denied, 403) : null);

        var failure = await Assert.ThrowsAsync<CrmException>(() => adapter.ReadAsync(ids, ReadDepth.Facts, FactCatalogue.BuiltIn, Stop));

        Assert.Equal(CrmFailure.Refused, failure.Failure);
    }

    /// <summary>Of a right that was lost in part the list still shows something, and each time others are denied: none of them is set aside.</summary>
    [Fact]
    public async Task Many_that_are_denied_are_hidden_only_where_the_same_come_again_and_again()
    {
        var adapter = Adapter(path => IsAlone(path) ? StubNetwork.Json(Denied, 403) : Listed(path));
        string[] same = [.. Enumerable.Range(10, 6).Select(n => $"{PipedriveHarness.Lead[..^2]}{n}")], others = [.. Enumerable.Range(20, 6).Select(n => $"{PipedriveHarness.Lead[..^2]}{n}")];
        var set = new List<bool>();

        foreach (var asked in new[] { same, same, others, same, same, same, same })
            set.Add(await IsSetAsideAsync(adapter, asked));

        Assert.Equal([false, false, false, false, false, false, true], set);
    }

    private static async Task<bool> IsSetAsideAsync(ICrmAdapter adapter, string[] ids)
    {
        try
        {
            return (await adapter.ReadAsync(ids, ReadDepth.Facts, FactCatalogue.BuiltIn, Stop)).All(r => r.Kind == CrmReadingKind.Unreadable);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            return false;
        }
    }

    /// <summary>A list that is forbidden costs as much as one that is shown.</summary>
    [Fact]
    public async Task People_that_the_token_may_not_see_are_asked_for_once_until_the_next_check()
    {
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath == "/api/v1/users" ? StubNetwork.Json(Denied, 403) : PipedriveHarness.Answer(r));
        var adapter = new PipedriveHarness(network).Adapter();

        var first = await adapter.UsersAsync(Stop);
        await adapter.UsersAsync(Stop);
        var asked = network.Calls.Count(c => c.Path == "/api/v1/users");
        await adapter.CheckAsync(Stop);
        await adapter.UsersAsync(Stop);

        Assert.Empty(first);
        Assert.Equal((1, 2), (asked, network.Calls.Count(c => c.Path == "/api/v1/users")));
    }

    private static ICrmAdapter Adapter(Func<string, HttpResponseMessage?> answer) =>
        new PipedriveHarness(new StubNetwork((r, _) => answer(r.RequestUri!.AbsolutePath) ?? PipedriveHarness.Answer(r))).Adapter(PipedriveHarness.With(("RequestsPer2Seconds", "400")));

    private static bool IsAlone(string path) => path.StartsWith("/api/v1/leads/", StringComparison.Ordinal) || path.StartsWith("/api/v2/deals/", StringComparison.Ordinal);

    private static HttpResponseMessage? Listed(string path) => path switch
    {
        "/api/v1/leads" => StubNetwork.Json("""{"success":true,"data":[{"id":"8d0c2f10-1611-11f1-8a51-0f2b6c0d9e77","title":"A"}]}"""),
        "/api/v2/deals" => StubNetwork.Json(OneDeal),
        _ => null,
    };
}
