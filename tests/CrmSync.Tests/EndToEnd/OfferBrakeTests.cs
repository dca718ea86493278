using System.Net.Http.Json;
using System.Text.Json;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.HubSpot;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The first days after going live: few offers a day, the best first, and a pilot.</summary>
public sealed class OfferBrakeTests
{
    private static readonly StageSetting Lenient = new() { Rules = WithLowThreshold };

    [Fact]
    public async Task Offers_an_owner_five_new_leads_a_day_and_holds_the_others_with_the_reason()
    {
        var keys = Keys(7);
        await using var stage = await Stage.StartAsync(Lenient, [.. keys.Select(k => Some.Lead(k) with { Owner = "rep-1" })]);

        await DownloadAsync(stage, keys);

        Assert.Equal(5, keys.Count(k => stage.Field(k, "crmsync_handover") == "waiting"));
        var held = keys.Where(k => stage.Field(k, "crmsync_handover") == "held").ToList();
        Assert.Equal(2, held.Count);
        Assert.All(held, k => Assert.Contains("A rep gets at most 5 new leads a day", stage.Field(k, "crmsync_why"), StringComparison.Ordinal));
        var plan = (await stage.CommandAsync("plan", Stage.Name, "--json")).Json;
        Assert.Equal(["ownerDay", "ownerDay"], plan.GetProperty("heldBack").EnumerateArray().Select(h => h.GetProperty("cause").GetString()));
        Assert.Contains("Held back on", (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf(held[0])}")).Out, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_was_held_back_goes_first_on_the_next_day_the_best_score_first()
    {
        string[] weak = ["weak-1", "weak-2", "weak-3"], strong = ["strong-1", "strong-2"];
        var setting = Lenient with { Offers = new(2, 25, 7) };
        await using var stage = await Stage.StartAsync(setting, [
            .. new[] { "a", "b", "new-1", "new-2" }.Concat(strong).Select(k => Some.Lead(k) with { Owner = "rep-1" }),
            .. weak.Select(k => Some.Lead(k) with { Owner = "rep-1", Company = Some.Lead(k).Company! with { Employees = null } })]);
        await DownloadAsync(stage, "a", "b");
        await DownloadAsync(stage, [.. weak, .. strong]);
        Assert.All(weak.Concat(strong), k => Assert.Equal("held", stage.Field(k, "crmsync_handover")));

        stage.Clock.AdvanceTo(stage.Now.AddDays(1));
        await DownloadAsync(stage, "new-1", "new-2");

        Assert.All(strong, k => Assert.Equal("waiting", stage.Field(k, "crmsync_handover")));
        Assert.All(weak.Append("new-1").Append("new-2"), k => Assert.Equal("held", stage.Field(k, "crmsync_handover")));
        await stage.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(4, Waiting(stage, [.. weak, .. strong, "new-1", "new-2"]));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_connection_offers_no_more_than_its_limit_a_day_whoever_owns_the_leads()
    {
        var keys = Keys(5);
        await using var stage = await Stage.StartAsync(Lenient with { Offers = new(2, 3, 7) }, [.. keys.Select((k, i) => Some.Lead(k) with { Owner = $"rep-{i % 3 + 1}" })]);

        await DownloadAsync(stage, keys);

        Assert.Equal(3, Waiting(stage, keys));
        Assert.Contains("connectionDay", (await stage.CommandAsync("plan", Stage.Name, "--json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hand_raise_is_exempt_and_takes_nobodys_place()
    {
        await using var stage = await Stage.StartAsync(Lenient with { Offers = new(1, 1, 7) }, [.. Keys(4).Select(k => Some.Lead(k))]);

        await stage.OfferAsync("lead-1", "lead-2");
        await DownloadAsync(stage, "lead-3", "lead-4");

        Assert.Equal(3, Waiting(stage, Keys(4)));
    }

    [Fact]
    public async Task What_marketing_sends_is_exempt_and_reads_as_any_offer()
    {
        await using var stage = await Stage.StartAsync(new() { Offers = new(1, 1, 7) }, Some.Lead("anna"), Some.Lead("bo"));
        foreach (var key in new[] { "anna", "bo" })
        {
            stage.Act(key, "edit", "marketing-1", fields: new Dictionary<string, string?> { ["crmsync_request"] = "send" });
            await stage.RunUntilQuietAsync();
            Assert.Equal("waiting", stage.Field(key, "crmsync_handover"));
            Assert.StartsWith("NEW LEAD FOR YOU", stage.Field(key, "crmsync_why"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task After_the_first_days_there_is_no_limit()
    {
        await using var stage = await Stage.StartAsync(Lenient with { Offers = new(1, 1, 7) }, [.. Keys(4).Select(k => Some.Lead(k))]);

        await stage.PassAsync(TimeSpan.FromDays(8));
        await DownloadAsync(stage, Keys(4));

        Assert.Equal(4, Waiting(stage, Keys(4)));
    }

    [Fact]
    public async Task A_pilot_offers_the_leads_of_one_owner_and_leaves_all_others_as_they_are()
    {
        await using var shadow = await Stage.StartAsync(new() { Live = false }, Some.Lead("x") with { Owner = "rep-1" });
        var owner = shadow.Field("x", "hubspot_owner_id")!;
        await using var stage = await Stage.StartAsync(
            new() { Pilot = new(PilotKind.Owner, owner) }, Some.Lead("in") with { Owner = "rep-1" }, Some.Lead("out") with { Owner = "rep-2" });

        stage.RaiseHand("out");
        await stage.OfferAsync("in");

        Assert.Null(stage.Field("out", "crmsync_handover"));
        Assert.Equal("lead", stage.Field("out", "lifecyclestage"));
        Assert.Contains("pilot does not include", (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("out")}")).Out, StringComparison.Ordinal);
        Assert.Equal("pilot", (await stage.CommandAsync("plan", Stage.Name, "--json")).Json.GetProperty("heldBack")[0].GetProperty("cause").GetString());
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Who_was_left_out_of_a_pilot_is_offered_when_it_ends()
    {
        await using var stage = await Stage.StartAsync(new() { Pilot = new(PilotKind.Lead, "1") }, Some.Lead("anna"));
        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();
        Assert.Null(stage.Field("anna", "crmsync_handover"));

        stage.Setting = stage.Setting with { Pilot = null };
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromHours(25));

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_pilot_of_a_list_offers_its_members()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("in"), Some.Lead("out"));
        stage.Act("in", "edit", "marketing", fields: new Dictionary<string, string?> { ["crmsync_fit"] = "95" });
        stage.Setting = stage.Setting with { Pilot = new(PilotKind.List, await MakeListAsync(stage)) };
        await stage.RestartAsync();

        stage.RaiseHand("out");
        await stage.OfferAsync("in");

        Assert.Null(stage.Field("out", "crmsync_handover"));
    }

    [Fact]
    public async Task A_pilot_of_a_list_that_is_not_there_offers_nobody_and_says_so()
    {
        await using var stage = await Stage.StartAsync(new() { Pilot = new(PilotKind.List, "4711") }, Some.Lead("anna"));

        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.Null(stage.Field("anna", "crmsync_handover"));
        Assert.Contains(stage.Logs.Warnings, w => w.Contains("the pilot's list 4711 cannot be read", StringComparison.Ordinal));
    }

    private static async Task<string> MakeListAsync(Stage stage)
    {
        var definition = new HubSpotListDefinition("Pilot", "0-1", "DYNAMIC", HubSpotListFilters.All(HubSpotListFilters.AtLeast("crmsync_fit", 90)));
        using var client = new HttpClient { BaseAddress = new(stage.Account.BaseUrl) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", stage.Account.Token);
        using var answer = await client.PostAsJsonAsync("/crm/v3/lists", definition, CrmJson.Options);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("list").GetProperty("listId").GetString()!;
    }

    private static string[] Keys(int count) => [.. Enumerable.Range(1, count).Select(i => $"lead-{i}")];

    private static int Waiting(Stage stage, params string[] keys) => keys.Count(k => stage.Field(k, "crmsync_handover") == "waiting");

    private static async Task DownloadAsync(Stage stage, params string[] keys)
    {
        foreach (var key in keys)
            stage.Act(key, "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "contentDownload" });
        await stage.RunUntilQuietAsync();
    }

    /// <summary>One download makes an MQL.</summary>
    internal static string WithLowThreshold(string rules) =>
        rules.Replace("mql: { fit: 50, interest: 30,", "mql: { fit: 50, interest: 10,", StringComparison.Ordinal);
}
