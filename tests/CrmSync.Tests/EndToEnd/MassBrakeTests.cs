using System.Net.Http.Json;
using System.Text.Json;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The brake on mass moves shows wherever an admin looks.</summary>
public sealed class MassBrakeTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 14).Select(i => $"lead{i}")];

    [Fact]
    public async Task Is_told_of_each_lead_it_holds_by_check_and_by_health_until_it_is_released()
    {
        await using var stage = await Stage.StartAsync(null, [.. Keys.Select(Some.Lead)]);
        Assert.Equal("ready", (await HealthAsync(stage)).GetProperty("status").GetString());
        foreach (var key in Keys)
            stage.RaiseHand(key);
        await stage.RunForAsync(TimeSpan.FromMinutes(5));

        var held = Keys.First(key => stage.Field(key, "crmsync_handover") is null);
        Assert.Contains($"the brake on mass moves holds its next step, since 5 Jan 2026", await ExplainAsync(stage, held), StringComparison.Ordinal);
        Assert.Contains($"\"crmsync approve {Stage.Name}\" releases it", await ExplainAsync(stage, held), StringComparison.Ordinal);
        Assert.Contains("Nu holder bremsen på masseflytninger det næste skridt tilbage, siden 05.01.2026 kl. ", await ExplainAsync(stage, held, "--language", "da"), StringComparison.Ordinal);
        var offered = Keys.First(key => stage.Field(key, "crmsync_handover") == "waiting");
        Assert.DoesNotContain("brake", await ExplainAsync(stage, offered), StringComparison.Ordinal);
        var warning = Assert.Single(await ProblemsAsync(stage), p => p.GetProperty("code").GetString() == "mass-brake");
        Assert.Equal("hint", warning.GetProperty("reach").GetString());
        Assert.Contains("crmsync approve", warning.GetProperty("repair").GetString(), StringComparison.Ordinal);
        var health = await HealthAsync(stage);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.String, health.GetProperty("connections")[0].GetProperty("brakedSince").ValueKind);

        await stage.CommandAsync("approve", Stage.Name);
        await stage.RunUntilQuietAsync();

        Assert.All(Keys, key => Assert.Equal("waiting", stage.Field(key, "crmsync_handover")));
        Assert.Equal("ready", (await HealthAsync(stage)).GetProperty("status").GetString());
        Assert.DoesNotContain(await ProblemsAsync(stage), p => p.GetProperty("code").GetString() == "mass-brake");
        Assert.Null((await stage.RecordAsync(held)).Memory.MoveHeldSince);
    }

    [Fact]
    public async Task Letting_go_a_lead_that_nobody_knows_is_refused()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false });

        var refused = await stage.CommandAsync("approve", Stage.Name, "--lead", "4711", "--json");

        Assert.Equal(64, refused.Exit);
        Assert.Equal("lead-unknown", refused.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(await stage.Store.AskedAsync(default));
    }

    private static async Task<JsonElement> HealthAsync(Stage stage)
    {
        using var http = new HttpClient();
        return await http.GetFromJsonAsync<JsonElement>(new Uri(stage.AdminAddress, "/health/ready"));
    }

    private static async Task<IEnumerable<JsonElement>> ProblemsAsync(Stage stage) =>
        (await stage.CommandAsync("check", "--json")).Json.GetProperty("problems").EnumerateArray();

    private static async Task<string> ExplainAsync(Stage stage, string key, params string[] options) =>
        (await stage.CommandAsync(["explain", $"{Stage.Name}/{stage.IdOf(key)}", .. options])).Out;
}
