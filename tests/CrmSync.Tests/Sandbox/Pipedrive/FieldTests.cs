namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class FieldTests
{
    [Fact]
    public async Task A_made_field_has_a_hash_for_a_code_and_serves_leads_and_deals_alike()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");

        var field = (await bench.PostAsync("/api/v2/dealFields", new { field_name = "Frist", field_type = "varchar", description = "crmsync_due" })).Data;
        var code = field["field_code"]!.GetValue<string>();
        await bench.PatchAsync($"/api/v1/leads/{id}", new Dictionary<string, object?> { [code] = "soon" });

        Assert.Matches("^[0-9a-f]{40}$", code);
        Assert.Contains((await bench.GetAsync("/api/v1/leadFields?limit=500")).Items, one => one["key"]!.GetValue<string>() == code);
        Assert.Equal("soon", bench.State("a").Fields["crmsync_due"]);
        Assert.Equal((400, 400), (
            (await bench.PostAsync("/api/v2/dealFields", new { field_name = "x", field_type = "enum" })).Status,
            (await bench.PostAsync("/api/v2/dealFields", new { field_name = "x", field_type = "datetime" })).Status));
    }

    [Fact]
    public async Task Options_are_added_renamed_and_taken_away_and_records_keep_the_id()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "SalesAccepted" });
        var code = await bench.CodeAsync("Lifecycle stage");
        var sal = await bench.OptionAsync("Lifecycle stage", "SAL");
        var path = $"/api/v2/dealFields/{code}/options";

        var added = await bench.PostAsync(path, new[] { new { label = "Nurture" } });
        var renamed = await bench.PatchAsync(path, new[] { new { id = sal, label = "Accepted" } });
        var removed = await bench.SendAsync(HttpMethod.Delete, path, new[] { new { id = sal } });

        Assert.Equal(["Nurture"], added.Items.Select(option => option["label"]!.GetValue<string>()));
        Assert.Equal((200, 200), (renamed.Status, removed.Status));
        Assert.Equal($"{sal}", (await bench.GetAsync($"/api/v1/leads/{id}")).Data[code]!.GetValue<string>());
        Assert.Equal(400, (await bench.PatchAsync($"/api/v1/leads/{id}", new Dictionary<string, object?> { [code] = sal })).Status);
    }

    [Fact]
    public async Task Who_may_not_or_whose_plan_is_full_makes_no_field()
    {
        await using var bench = await CompanyBench.StartAsync(new() { CustomFieldLimit = 13 });
        var body = new { field_name = "x", field_type = "text" };

        var full = await bench.PostAsync("/api/v2/dealFields", body);
        bench.Switch("fieldAdmin", false);
        var notAdmin = await bench.PostAsync("/api/v2/dealFields", body);

        Assert.Equal((403, "feature_capping_custom_fields_limit"), (full.Status, full.Code));
        Assert.Equal((403, null), (notAdmin.Status, notAdmin.Code));
    }

    [Fact]
    public async Task A_field_that_is_gone_is_refused_and_shown_no_more()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");
        var code = await bench.CodeAsync("Lifecycle stage");

        await bench.DeleteAsync($"/api/v2/dealFields/{code}");

        Assert.Equal(400, (await bench.PatchAsync($"/api/v1/leads/{id}", new Dictionary<string, object?> { [code] = 1 })).Status);
        Assert.False((await bench.GetAsync($"/api/v1/leads/{id}")).Data.AsObject().ContainsKey(code));
    }
}
