using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class DealTests
{
    [Fact]
    public async Task A_deal_has_all_of_the_customers_fields_apart_null_where_nothing_stands()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a", lead => lead with { Stage = "SalesQualified" });
        bench.Act("a", "convert");

        var deal = (await bench.GetAsync("/api/v2/deals/1")).Data.AsObject();

        var custom = deal["custom_fields"]!.AsObject();
        Assert.Equal(5, custom.Count);
        Assert.Equal(await bench.OptionAsync("Lifecycle stage", "SQL"), custom[await bench.CodeAsync("Lifecycle stage")]!.GetValue<long>());
        Assert.Null(custom[await bench.CodeAsync("BANT need")]);
        Assert.False(deal.ContainsKey("won_time") || deal.ContainsKey("source_lead_id"));
        Assert.Equal((3, "2026-01-05T07:00:00Z"), (deal["visible_to"]!.GetValue<int>(), deal["update_time"]!.GetValue<string>()));
        Assert.NotNull((await bench.GetAsync("/api/v2/deals/1?include_fields=source_lead_id")).Data["source_lead_id"]);
    }

    [Fact]
    public async Task The_new_version_takes_nothing_that_it_does_not_know()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Act("a", "convert");
        var stage = await bench.CodeAsync("Lifecycle stage");
        Task<CompanyBench.Reply> Patch(string name, object? value) => bench.PatchAsync("/api/v2/deals/1", new Dictionary<string, object?> { [name] = value });

        var atTop = await Patch(stage, 1);
        var text = await Patch("owner_id", "7003");
        var asNumber = await Patch("is_archived", 1);
        var stranger = await Patch("custom_fields", new Dictionary<string, object?> { ["nope"] = 1 });
        var nested = await Patch("custom_fields", new { custom_fields = new { } });
        var fraction = await bench.GetAsync("/api/v2/deals?updated_since=2026-01-01T00:00:00.000Z");
        var parameter = await bench.GetAsync("/api/v2/deals?since=1");
        var many = await bench.GetAsync("/api/v2/deals?custom_fields=" + string.Join(',', Enumerable.Repeat(stage, 16)));

        Assert.All([atTop, text, asNumber, stranger, fraction, parameter, many], reply => Assert.Equal((400, "ERR_SCHEMA_VALIDATION_FAILED"), (reply.Status, reply.Code)));
        Assert.Equal($"Validation failed: {stage}: Parameter '{stage}' is not allowed for this request", atTop.Error);
        Assert.Equal((500, "ERR_UNKNOWN"), (nested.Status, nested.Code));
    }

    [Fact]
    public async Task A_set_is_cleared_with_null_and_never_with_an_empty_list()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Act("a", "convert");
        var field = (await bench.PostAsync("/api/v2/dealFields", new { field_name = "Interests", field_type = "set", options = new[] { new { label = "A" }, new { label = "B" } } })).Data;
        var code = field["field_code"]!.GetValue<string>();
        var ids = field["options"]!.AsArray().Select(option => option!["id"]!.GetValue<long>()).ToArray();
        Task<CompanyBench.Reply> Set(object? value) => bench.PatchAsync("/api/v2/deals/1", new { custom_fields = new Dictionary<string, object?> { [code] = value } });

        var both = await Set(ids);
        var empty = await Set(Array.Empty<long>());
        var none = await Set(null);

        Assert.Equal(2, both.Data["custom_fields"]![code]!.AsArray().Count);
        Assert.Equal(400, empty.Status);
        Assert.Null(none.Data["custom_fields"]![code]);
    }

    [Fact]
    public async Task Stages_and_statuses_leave_their_times()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Act("a", "convert");
        bench.Clock.Advance(TimeSpan.FromHours(1));

        var moved = (await bench.PatchAsync("/api/v2/deals/1", new { stage_id = 3 })).Data;
        bench.Clock.Advance(TimeSpan.FromHours(1));
        var lost = (await bench.PatchAsync("/api/v2/deals/1", new { status = "lost", lost_reason = "price" })).Data.AsObject();
        var won = (await bench.PatchAsync("/api/v2/deals/1", new { status = "won" })).Data.AsObject();

        Assert.Equal("2026-01-05T08:00:00Z", moved["stage_change_time"]!.GetValue<string>());
        Assert.Equal(("2026-01-05T09:00:00Z", "price"), (lost["lost_time"]!.GetValue<string>(), lost["lost_reason"]!.GetValue<string>()));
        Assert.Equal("2026-01-05T09:00:00Z", won["won_time"]!.GetValue<string>());
        Assert.True(!won.ContainsKey("lost_time") && won["lost_reason"] is null);
    }

    [Fact]
    public async Task Lists_go_on_where_the_cursor_says_though_records_share_a_time()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Host.Control.Generate(new() { Crm = "pipedrive", Count = 5, Seed = 7 });
        var seen = new List<long>();
        var path = "/api/v2/persons?limit=2&sort_by=update_time";
        string? cursor = null;
        do
        {
            var page = await bench.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            seen.AddRange(page.Items.Select(person => person["id"]!.GetValue<long>()));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        var first = (await bench.GetAsync(path)).NextCursor!;
        Assert.Equal([1, 2, 3, 4, 5], seen);
        Assert.Equal("update_time", JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(first)))!["field"]!.GetValue<string>());
        Assert.Equal(400, (await bench.GetAsync(path + "&cursor=x")).Status);
    }

    [Fact]
    public async Task A_window_of_times_takes_its_start_and_leaves_its_end()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Act("a", "convert");

        Assert.Single((await bench.GetAsync("/api/v2/deals?updated_since=2026-01-05T07:00:00Z")).Items);
        Assert.Empty((await bench.GetAsync("/api/v2/deals?updated_until=2026-01-05T07:00:00Z")).Items);
    }

    [Fact]
    public async Task Archived_and_deleted_deals_are_found_only_where_they_are_asked_for()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Lead("b");
        bench.Act("a", "convert");
        bench.Act("b", "convert");
        bench.Act("a", "archive");
        await bench.DeleteAsync("/api/v2/deals/2");

        Assert.Empty((await bench.GetAsync("/api/v2/deals")).Items);
        Assert.Equal([2], (await bench.GetAsync("/api/v2/deals?status=open,deleted")).Items.Select(deal => deal["id"]!.GetValue<int>()));
        Assert.Equal([1], (await bench.GetAsync("/api/v2/deals/archived")).Items.Select(deal => deal["id"]!.GetValue<int>()));
        Assert.Equal(404, (await bench.PatchAsync("/api/v2/deals/2", new { title = "x" })).Status);
        Assert.Equal(200, (await bench.PatchAsync("/api/v2/deals/2", new { is_deleted = false })).Status);
    }

    [Fact]
    public async Task The_history_of_a_deal_tells_who_changed_what_and_when_newest_first()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a", lead => lead with { Stage = "SalesAccepted" });
        bench.Act("a", "convert");
        bench.Act("a", "set-stage", act => act with { Stage = "SalesQualified" });
        await bench.PatchAsync("/api/v2/deals/1", new { title = "x" });

        var changes = (await bench.GetAsync("/api/v1/deals/1/changelog")).Items;

        Assert.Equal(["title", await bench.CodeAsync("Lifecycle stage")], changes.Select(change => change["field_key"]!.GetValue<string>()));
        Assert.Equal(["api", "app"], changes.Select(change => change["change_source"]!.GetValue<string>()));
        Assert.Equal((await bench.OptionAsync("Lifecycle stage", "SQL")).ToString(null, null), changes[1]["new_value"]!.GetValue<string>());
        Assert.Equal("2026-01-05 07:00:00", changes[0]["time"]!.GetValue<string>());
    }

    [Fact]
    public async Task Merged_deals_are_one_and_the_other_is_gone()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Lead("b");
        bench.Act("a", "convert");
        bench.Act("b", "convert");
        await bench.PostAsync("/api/v1/notes", new { content = "x", deal_id = 1 });

        bench.Act("a", "merge", act => act with { Into = "b" });

        Assert.Equal(("2", true), (bench.State("a").MergedInto, bench.State("a").Archived));
        Assert.Single(bench.State("b").Notes);
        Assert.Equal("2", bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["title"] = "x" } }).Id);
    }
}
