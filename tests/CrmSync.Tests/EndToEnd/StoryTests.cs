using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary><c>explain</c> tells what happened, in both languages.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task Tells_an_offer_its_rejection_and_what_is_waited_for()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Owner = "rep-1" });
        await stage.OfferAsync("anna");
        var owner = stage.Field("anna", "hubspot_owner_id");
        var waiting = await ExplainAsync(stage);
        Assert.Contains("Hand-over no. 1 began on 5 Jan 2026", waiting, StringComparison.Ordinal);
        Assert.Contains("met: ", waiting, StringComparison.Ordinal);
        Assert.Contains($"Offered to user {owner}", waiting, StringComparison.Ordinal);
        Assert.Contains($"Now user {owner} is to answer by 5 Jan 2026", waiting, StringComparison.Ordinal);

        stage.Act("anna", "reject", reason: "bad_timing");
        await stage.RunUntilQuietAsync();

        var rejected = await ExplainAsync(stage);
        Assert.Contains("Rejected by user ", rejected, StringComparison.Ordinal);
        Assert.Contains(": bad timing. It may be sent again after ", rejected, StringComparison.Ordinal);
        Assert.Contains("Now it rests until ", rejected, StringComparison.Ordinal);
        var danish = await ExplainAsync(stage, "--language", "da");
        Assert.Contains("Forløb nr. 1 begyndte den 05.01.2026 kl. ", danish, StringComparison.Ordinal);
        Assert.Contains(": ikke nu. Det kan sendes igen efter ", danish, StringComparison.Ordinal);
        Assert.Contains("Nu hviler det til ", danish, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_same_as_rows()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        var told = (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}", "--json")).Json.GetProperty("told");
        Assert.Equal(["firstSeen", "qualified", "offered", "accepted", "now"], told.EnumerateArray().Select(t => t.GetProperty("kind").GetString()));
        Assert.Equal("work", told[4].GetProperty("waits").GetString());
        Assert.Equal(64, (await stage.CommandAsync("explain", "main/1", "--language", "fr")).Exit);
    }

    private static async Task<string> ExplainAsync(Stage stage, params string[] options) =>
        (await stage.CommandAsync(["explain", $"{Stage.Name}/{stage.IdOf("anna")}", .. options])).Out;
}
