using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What a shadow would have done, against what people did.</summary>
public sealed class ShadowReportTests
{
    [Fact]
    public async Task Counts_where_people_agree_and_where_not_and_writes_nothing()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, [
            .. new[] { "agreed", "taken-back", "undecided", "theirs", "neither" }.Select(k => Some.Lead(k) with { Owner = "rep-1" }),
            Some.Lead("their-mql") with { Stage = "MarketingQualified" }, Some.Lead("customer") with { Stage = "SalesQualified" }]);
        await stage.BaselineAsync();
        var log = stage.LogHead;
        foreach (var key in new[] { "agreed", "taken-back", "undecided", "customer" })
            stage.RaiseHand(key);
        foreach (var key in new[] { "agreed", "taken-back", "theirs" })
            stage.Act(key, "set-stage", "rep-1", stage: "MarketingQualified");
        await stage.RunUntilQuietAsync();
        stage.Act("agreed", "set-stage", "rep-1", stage: "SalesAccepted");
        stage.Act("taken-back", "set-stage", "rep-2", stage: "Lead");
        await stage.RunUntilQuietAsync();

        var shadow = (await stage.CommandAsync("plan", Stage.Name, "--json")).Json.GetProperty("shadow");
        var all = shadow.GetProperty("all");
        Assert.Equal((1, 1, 2, 1), (Number(all, "agreed"), Number(all, "oursOnly"), Number(all, "theirsOnly"), Number(all, "undecided")));
        Assert.Equal((3, 0), (Number(shadow, "offers"), Number(shadow, "oldOffers")));
        Assert.Equal((3, 1, 1), (Number(shadow.GetProperty("setMql"), "people"), Number(shadow.GetProperty("movedOn"), "people"), Number(shadow.GetProperty("rejected"), "people")));
        Assert.Equal(2, shadow.GetProperty("byOwner").GetArrayLength());
        var screen = (await stage.CommandAsync("plan", Stage.Name)).Out;
        Assert.Contains("a shadow: nothing is written", screen, StringComparison.Ordinal);
        Assert.Contains("ours only", screen, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Count > 0 || FirstStartTests.Mutates(r));
    }

    [Fact]
    public async Task Back_in_shadow_nothing_is_written_that_was_decided_before()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("status", status: 500, take: 50);
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        Assert.Single(stage.File.Rows("SELECT state FROM intents"));
        stage.Sandbox.Control.ClearFaults(null);
        stage.Setting = stage.Setting with { Mode = Worker.Configuration.ConnectionMode.Shadow };
        await stage.RestartAsync();
        var head = stage.LogHead;
        await stage.RunForAsync(TimeSpan.FromMinutes(20));

        Assert.DoesNotContain(stage.Requests(head), request => request.Effects.Count > 0);
        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_handover")));
    }

    [Fact]
    public async Task Says_so_when_there_is_nothing_to_compare_yet()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"));
        await stage.BaselineAsync();
        Assert.Contains("Nothing to compare yet", (await stage.CommandAsync("plan", Stage.Name)).Out, StringComparison.Ordinal);
    }

    private static int Number(System.Text.Json.JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
