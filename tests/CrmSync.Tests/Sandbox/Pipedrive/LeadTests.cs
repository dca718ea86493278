namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class LeadTests
{
    [Fact]
    public async Task A_lead_has_the_customers_fields_beside_its_own_and_only_those_that_hold_something()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "MarketingQualified" });
        var (stage, need) = (await bench.CodeAsync("Lifecycle stage"), await bench.CodeAsync("BANT need"));

        var lead = (await bench.GetAsync($"/api/v1/leads/{id}")).Data.AsObject();

        Assert.Equal((await bench.OptionAsync("Lifecycle stage", "MQL")).ToString(null, null), lead[stage]!.GetValue<string>());
        Assert.False(lead.ContainsKey(need));
        Assert.False(lead.ContainsKey("custom_fields"));
        Assert.Equal("3", lead["visible_to"]!.GetValue<string>());
        Assert.Equal("2026-01-05T07:00:00.000Z", lead["update_time"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_option_of_a_lead_may_be_a_number_where_the_switch_says_so()
    {
        await using var bench = await CompanyBench.StartAsync(new() { LeadEnum = "number" });
        var id = bench.Lead("a");

        var lead = (await bench.GetAsync($"/api/v1/leads/{id}")).Data;

        Assert.Equal(await bench.OptionAsync("Lifecycle stage", "Lead"), lead[await bench.CodeAsync("Lifecycle stage")]!.GetValue<long>());
    }

    [Fact]
    public async Task A_lead_is_made_with_somebody_and_changed_key_by_key()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        var stage = await bench.CodeAsync("Lifecycle stage");
        var sal = await bench.OptionAsync("Lifecycle stage", "SAL");

        var nobody = await bench.PostAsync("/api/v1/leads", new { title = "x" });
        var made = await bench.PostAsync("/v1/leads", new Dictionary<string, object?> { ["title"] = "Maja", ["person_id"] = 1, ["origin_id"] = "crmsync", [stage] = sal });
        var id = made.Data["id"]!.GetValue<string>();
        bench.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        var cleared = await bench.PatchAsync($"/api/v1/leads/{id}", new Dictionary<string, object?> { [stage] = null, ["organization_id"] = 1, ["person_id"] = null });
        var alone = await bench.PatchAsync($"/api/v1/leads/{id}", new Dictionary<string, object?> { ["organization_id"] = null });
        var unknown = await bench.PatchAsync($"/api/v1/leads/{id}", new Dictionary<string, object?> { [stage] = 1 });

        Assert.Equal((400, 201, 200, 400, 400), (nobody.Status, made.Status, cleared.Status, alone.Status, unknown.Status));
        Assert.Equal(("API", "API"), (made.Data["source_name"]!.GetValue<string>(), made.Data["origin"]!.GetValue<string>()));
        Assert.False(cleared.Data.AsObject().ContainsKey(stage));
        Assert.Equal("2026-01-05T07:00:01.500Z", cleared.Data["update_time"]!.GetValue<string>());
    }

    [Fact]
    public async Task Leads_are_listed_by_update_time_from_a_watermark_on_page_by_page()
    {
        await using var bench = await CompanyBench.StartAsync();
        var (a, b, c) = (bench.Lead("a"), bench.Lead("b"), bench.Lead("c"));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.Act("b", "edit", act => act with { Fields = new Dictionary<string, string?> { ["title"] = "x" } });

        var first = await bench.GetAsync("/api/v1/leads?sort=update_time%20DESC,add_time&limit=2");
        var second = await bench.GetAsync("/api/v1/leads?sort=update_time%20DESC,add_time&limit=2&start=2");
        var since = await bench.GetAsync("/api/v1/leads?updated_since=2026-01-05T07:01:00Z");
        var none = await bench.GetAsync("/api/v1/leads?updated_since=2026-01-05T07:01:01Z");

        Assert.Equal([b, a], first.Items.Select(lead => lead["id"]!.GetValue<string>()));
        var page = first.Body["additional_data"]!["pagination"]!;
        Assert.Equal((true, 2), (page["more_items_in_collection"]!.GetValue<bool>(), page["next_start"]!.GetValue<int>()));
        Assert.Equal([c], second.Items.Select(lead => lead["id"]!.GetValue<string>()));
        Assert.Equal([b], since.Items.Select(lead => lead["id"]!.GetValue<string>()));
        Assert.True(none.Body.AsObject().ContainsKey("data") && none.Body["data"] is null);
    }

    [Fact]
    public async Task An_archived_lead_leaves_the_list_and_takes_no_edit_but_to_come_back()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");

        bench.Act("a", "archive");
        var listed = await bench.GetAsync("/api/v1/leads");
        var archived = await bench.GetAsync("/api/v1/leads/archived");
        var edit = await bench.PatchAsync($"/api/v1/leads/{id}", new { title = "x" });
        var back = await bench.PatchAsync($"/api/v1/leads/{id}", new { is_archived = false });

        Assert.Empty(listed.Items);
        Assert.Equal([id], archived.Items.Select(lead => lead["id"]!.GetValue<string>()));
        Assert.Equal((400, 200), (edit.Status, back.Status));
        Assert.False(bench.State("a").Archived);
    }

    [Fact]
    public async Task A_deleted_lead_is_gone_at_once()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");

        var deleted = await bench.DeleteAsync($"/api/v1/leads/{id}");
        var read = await bench.GetAsync($"/api/v1/leads/{id}");

        Assert.Equal(id, deleted.Data["id"]!.GetValue<string>());
        Assert.Equal((404, "requested lead not found"), (read.Status, read.Error));
        Assert.True(bench.State("a").Archived);
    }

    [Fact]
    public async Task A_stale_read_shows_what_was()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["title"] = "New" } });
        bench.Host.Control.AddFault(new() { Crm = "pipedrive", Fault = "stale", Take = 1, Seconds = 30 });

        var stale = await bench.GetAsync($"/api/v1/leads/{id}");
        var now = await bench.GetAsync($"/api/v1/leads/{id}");

        Assert.Equal(("Zoë Holm", "New"), (stale.Data["title"]!.GetValue<string>(), now.Data["title"]!.GetValue<string>()));
    }
}
