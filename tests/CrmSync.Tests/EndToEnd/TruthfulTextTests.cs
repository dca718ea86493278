using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What the CRM and <c>explain</c> say stays true after the offer.</summary>
public sealed class TruthfulTextTests
{
    [Theory]
    [InlineData("en", "ACCEPTED · 5 Jan 2026", "REJECTED · 5 Jan 2026", "SENT BACK FOR MISSING DATA · 5 Jan 2026")]
    [InlineData("da", "GODKENDT · 05.01.2026", "AFVIST · 05.01.2026", "SENDT RETUR, OPLYSNINGER MANGLER · 05.01.2026")]
    public async Task The_field_why_says_what_became_of_the_offer(string language, string accepted, string rejected, string returned)
    {
        await using var stage = await Stage.StartAsync(new() { Language = language }, Some.Lead("anna"), Some.Lead("bo"), Some.Lead("cecil"));
        await stage.OfferAsync("anna", "bo", "cecil");
        stage.Act("anna", "accept");
        stage.Act("bo", "reject", reason: "no_need");
        stage.Act("cecil", "return");
        await stage.RunUntilQuietAsync();

        foreach (var (key, title) in new[] { ("anna", accepted), ("bo", rejected), ("cecil", returned) })
        {
            var why = stage.Field(key, "crmsync_why")!;
            Assert.Equal(title, why.Split('\n')[0]);
            Assert.Contains(language == "da" ? "MATCH " : "FIT ", why, StringComparison.Ordinal);
            Assert.DoesNotContain(language == "da" ? "SÅDAN SVARER DU" : "HOW TO ANSWER", why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lead_that_was_sent_back_and_moved_on_is_no_silence()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "return");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "set-stage", stage: "SalesQualified");
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("expired", stage.Field("anna", "crmsync_handover"));
        var notes = string.Join('\n', stage.Crm("anna").Notes.SelectMany(note => note.Fields.Values));
        Assert.Contains("It went on without the missing data.", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("No answer", notes, StringComparison.Ordinal);
        var story = await ExplainAsync(stage, "anna");
        Assert.Contains("It went on without the missing data on 5 Jan 2026", story, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody answered", story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_lead_is_not_asked_to_take_it()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromHours(25));
        stage.Act("anna", "return");
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        var notes = string.Join('\n', stage.Crm("anna").Notes.SelectMany(note => note.Fields.Values));
        Assert.Contains("after that it is changed by moving the stage", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("Take it", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reject", "no_need")]
    [InlineData("reject", "never_relevant")]
    [InlineData("return", null)]
    public async Task A_story_tells_no_refusal_where_nothing_happened(string act, string? reason)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", act, reason: reason);
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromDays(2));

        Assert.DoesNotContain("let in", await ExplainAsync(stage, "anna"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_dispute_is_told_in_both_languages()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no_need");
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromDays(20));
        stage.Act("anna", "edit", "marketing-1", fields: new Dictionary<string, string?> { ["crmsync_request"] = "dispute" });
        await stage.RunUntilQuietAsync();

        Assert.Contains("after the time for it; the rejection stands.", await ExplainAsync(stage, "anna"), StringComparison.Ordinal);
        Assert.Contains("efter fristen for det; afvisningen står ved magt.", await ExplainAsync(stage, "anna", "--language", "da"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merged_record_did_not_move_on()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        await stage.OfferAsync("anna", "bo");
        stage.Act("anna", "merge", into: "bo");
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        var both = await ExplainAsync(stage, "anna") + await ExplainAsync(stage, "bo");
        Assert.Contains("The record was merged with another", both, StringComparison.Ordinal);
        Assert.DoesNotContain("moved on without an answer", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_say_what_is_so()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"));
        await stage.BaselineAsync();
        var told = await stage.CommandAsync("go-live", Stage.Name, "--backlog", "offer", "--newest", "5");
        Assert.Contains("At most 5 of these leads", told.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("None of these leads", told.Out, StringComparison.Ordinal);

        Assert.Contains("no brake is on", (await stage.CommandAsync("approve", Stage.Name)).Out, StringComparison.Ordinal);
        var unknown = await stage.CommandAsync("explain", "nope/1");
        Assert.Equal(64, unknown.Exit);
        Assert.Contains("No connection is named 'nope'", unknown.Out + unknown.Error, StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(Stage stage, string key, params string[] options) =>
        (await stage.CommandAsync(["explain", $"{Stage.Name}/{stage.IdOf(key)}", .. options])).Out;
}
