using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A stage that goes to and fro between us and somebody else is left alone.</summary>
public sealed class LoopBrakeTests
{
    [Fact]
    public async Task A_lead_whose_stage_is_set_back_again_and_again_is_parked_until_somebody_lets_it_go()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await LoopAsync(stage);
        var parked = (await stage.CommandAsync("plan", Stage.Name, "--json")).Json.GetProperty("parked");
        Assert.Equal(stage.IdOf("anna"), parked[0].GetProperty("leadId").GetString());
        Assert.Equal(4, parked[0].GetProperty("changes").GetArrayLength());
        var told = (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}")).Out;
        Assert.Contains("Parked on", told, StringComparison.Ordinal);
        Assert.Contains($"crmsync approve {Stage.Name} --lead {stage.IdOf("anna")}", told, StringComparison.Ordinal);

        var log = stage.LogHead;
        stage.RaiseHand("anna");
        stage.Act("anna", "edit", "rep-1", fields: new Dictionary<string, string?> { ["jobtitle"] = "Director" });
        await stage.PassAsync(TimeSpan.FromDays(2));
        Assert.DoesNotContain(stage.Requests(log), r => r.Path!.EndsWith("/batch/update", StringComparison.Ordinal));

        Assert.Contains("is let go", (await stage.CommandAsync("approve", Stage.Name, "--lead", stage.IdOf("anna"))).Out, StringComparison.Ordinal);
        await stage.RunUntilQuietAsync();
        Assert.Null((await stage.RecordAsync("anna")).Memory.Parked);
        Assert.Contains("is not parked", (await stage.CommandAsync("approve", Stage.Name, "--lead", stage.IdOf("anna"))).Out, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task The_same_within_more_than_a_day_is_no_loop()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await LoopAsync(stage, TimeSpan.FromHours(25));
        Assert.Null((await stage.RecordAsync("anna")).Memory.Parked);
    }

    /// <summary>We set MQL, it is set back; a rep accepts, we set SAL, it is set back.</summary>
    private static async Task LoopAsync(Stage stage, TimeSpan between = default)
    {
        await stage.OfferAsync("anna");
        stage.Act("anna", "set-stage", "automation-user", stage: "Lead");
        await stage.PassAsync(between);
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "set-stage", "automation-user", stage: "Lead");
        await stage.RunUntilQuietAsync();
    }
}
