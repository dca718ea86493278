using System.Text.Json.Nodes;
using CrmSync.Tests.Support;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A CRM that refuses, limits, fails or keeps silent; poison leads; a mass of moves.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task A_revoked_token_asks_for_attention_without_a_storm_and_recovers_when_repaired()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("revoke", "*", "", take: 1);
        stage.RaiseHand("anna");
        var log = stage.LogHead;

        await stage.RunForAsync(TimeSpan.FromHours(1));

        Assert.NotNull(stage.Connection.Gate.Attention);
        var refused = stage.Requests(log).Count(r => r.Status == 401);
        Assert.InRange(refused, 1, 15);
        Assert.Null(stage.Field("anna", "crmsync_handover"));

        stage.Sandbox.Control.ClearFaults();
        await stage.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Null(stage.Connection.Gate.Attention);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("""{"status":"error","message":"You have reached your ten_secondly_rolling limit.","errorType":"RATE_LIMIT","correlationId":"a","policyName":"TEN_SECONDLY_ROLLING","requestId":"b"}""")]
    [InlineData("""{"status":"error","message":"You have reached your secondly limit.","correlationId":"a","category":"RATE_LIMITS"}""")]
    public async Task A_429_delays_and_loses_nothing(string body)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("status", "*", "", take: 6, status: 429, body: body);

        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Single(stage.MarkersWritten("anna"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_429_on_the_write_is_no_unknown_outcome()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("status", status: 429, headers: new Dictionary<string, string?> { ["Retry-After"] = "3" },
            body: """{"status":"error","errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}""");
        var start = stage.Now;

        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_storm_of_errors_is_answered_with_rest()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("status", "*", "", take: null, status: 503);
        stage.RaiseHand("anna");
        var log = stage.LogHead;

        await stage.RunForAsync(TimeSpan.FromMinutes(20));
        Assert.InRange(stage.Requests(log).Count, 1, 120);

        stage.Sandbox.Control.ClearFaults();
        await stage.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Single(stage.MarkersWritten("anna"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_write_that_is_not_answered_in_time_is_settled_by_reading()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("delay", seconds: 60);

        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Single(stage.MarkersWritten("anna"));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("html")]
    [InlineData("drop-before")]
    public async Task Broken_readings_do_not_move_the_place_in_the_poll(string fault)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault(fault, path: "/search", take: 12);
        stage.Fault(fault, path: "/read", take: 4);

        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Single(stage.MarkersWritten("anna"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_that_the_CRM_refuses_goes_to_quarantine_with_its_words_and_delays_nobody()
    {
        var keys = Enumerable.Range(0, 5).Select(i => $"lead{i}").ToArray();
        await using var stage = await Stage.StartAsync(null, [.. keys.Select(key => Some.Lead(key) with { Fields = key == "lead2" ? new Dictionary<string, string?>() : Industry })]);
        RequireCity(stage, "city");

        foreach (var key in keys)
            stage.RaiseHand(key);
        await stage.RunUntilQuietAsync();

        Assert.All(keys.Where(k => k != "lead2"), key => Assert.Equal("waiting", stage.Field(key, "crmsync_handover")));
        Assert.Null(stage.Field("lead2", "crmsync_handover"));
        var poison = Assert.Single(await stage.Store.QuarantinedAsync(Stage.Name, default));
        Assert.Equal(stage.IdOf("lead2"), poison.LeadId);
        Assert.Contains("city", poison.Reason, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Quarantine_lists_and_replays_and_drops()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        RequireCity(stage, "city");
        stage.RaiseHand("anna");
        stage.RaiseHand("bo");
        await stage.RunUntilQuietAsync();

        var list = (await stage.CommandAsync("quarantine", "list", "--json")).Json.GetProperty("leads");
        Assert.Equal(new[] { "anna", "bo" }.Select(stage.IdOf), list.EnumerateArray().Select(l => l.GetProperty("leadId").GetString()!).Order());

        stage.Act("anna", "edit", fields: Industry);
        Assert.Equal(0, (await stage.CommandAsync("quarantine", "replay", $"{Stage.Name}/{stage.IdOf("anna")}")).Exit);
        Assert.Equal(0, (await stage.CommandAsync("quarantine", "drop", $"{Stage.Name}/{stage.IdOf("bo")}")).Exit);
        await stage.RunUntilQuietAsync();

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Null(stage.Field("bo", "crmsync_handover"));
        Assert.Empty(await stage.Store.QuarantinedAsync(Stage.Name, default));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_mass_of_moves_stops_and_asks()
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"lead{i}").ToArray();
        await using var stage = await Stage.StartAsync(null, [.. keys.Select(Some.Lead)]);

        foreach (var key in keys)
            stage.RaiseHand(key);
        await stage.RunForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(10, keys.Count(key => stage.Field(key, "crmsync_handover") == "waiting"));
        Assert.Contains(stage.Logs.Warnings, line => line.Contains("approve", StringComparison.Ordinal));

        // Time alone does not let them through.
        await stage.RunForAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(5));
        Assert.Equal(10, keys.Count(key => stage.Field(key, "crmsync_handover") == "waiting"));

        Assert.Equal(0, (await stage.CommandAsync("approve", Stage.Name)).Exit);
        await stage.RunUntilQuietAsync();
        Assert.All(keys, key => Assert.Equal("waiting", stage.Field(key, "crmsync_handover")));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_people_decide_goes_through_a_brake()
    {
        var keys = Enumerable.Range(0, 12).Select(i => $"lead{i}").ToArray();
        await using var stage = await Stage.StartAsync(null, [.. keys.Select(Some.Lead)]);
        foreach (var key in keys)
            stage.RaiseHand(key);
        await stage.RunForAsync(TimeSpan.FromMinutes(3));
        var offered = keys.Where(key => stage.Field(key, "crmsync_handover") == "waiting").ToList();

        foreach (var key in offered)
            stage.Act(key, "accept");
        await stage.RunForAsync(TimeSpan.FromMinutes(3));

        Assert.All(offered, key => Assert.Equal("accepted", stage.Field(key, "crmsync_handover")));
    }

    [Fact]
    public async Task A_missing_property_stops_writing_only_and_its_repair_is_noticed()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false }, Some.Lead("anna"));
        await stage.BaselineAsync();
        await stage.GoLiveAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        stage.RaiseHand("anna");
        var log = stage.LogHead;
        await stage.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("Offer", stage.File.Rows("SELECT verdict FROM judgements ORDER BY rowid DESC LIMIT 1").Single());
        Assert.DoesNotContain(stage.Requests(log), r => r.Path!.EndsWith("batch/update", StringComparison.Ordinal));
        Assert.Contains(stage.Logs.Warnings, line => line.Contains("crmsync setup", StringComparison.Ordinal));

        await stage.Clock.RunAsync(() => stage.Connection.Adapter.SetupAsync(planOnly: false, default));
        await stage.PassAsync(TimeSpan.FromMinutes(90));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_broken_rule_file_changes_nothing_and_is_named_with_line_and_column()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var rules = await File.ReadAllTextAsync(stage.RulesFile);

        await File.WriteAllTextAsync(stage.RulesFile, rules.Replace("op: between", "op: betwixt", StringComparison.Ordinal));
        await stage.OfferAsync("anna");

        var error = Assert.Single(stage.Logs.Warnings, line => line.Contains("betwixt", StringComparison.Ordinal));
        Assert.Matches(@"sal-rules\.yaml:\d+:\d+: ", error);
        Assert.Single(stage.File.Audit(), a => a.Kind == "RuleSetLoaded");

        await File.WriteAllTextAsync(stage.RulesFile, rules.Replace("version: 1", "version: 2", StringComparison.Ordinal));
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, stage.File.Audit().Count(a => a.Kind == "RuleSetLoaded"));
    }

    private static readonly Dictionary<string, string?> Industry = new() { ["city"] = "Aarhus" };

    private static void RequireCity(Stage stage, string property) => stage.Sandbox.Control.SetSwitch(
        "hubspot", "requiredForStage", new JsonObject { ["marketingqualifiedlead"] = new JsonArray(property) });
}
