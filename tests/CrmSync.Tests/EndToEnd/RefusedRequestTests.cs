using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A request of marketing's on which nothing follows is answered, and does not stay in its field.</summary>
public sealed class RefusedRequestTests
{
    [Theory]
    [InlineData("en", "The time to dispute this rejection is over; the rejection stands.")]
    [InlineData("da", "Fristen for at anfægte denne afvisning er udløbet; afvisningen står ved magt.")]
    public async Task A_dispute_too_late_is_answered_and_cleared(string language, string answer)
    {
        await using var stage = await Stage.StartAsync(new() { Language = language }, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no_need");
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromDays(20));

        await AskAsync(stage, "dispute");

        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_request")));
        Assert.Contains(Notes(stage), note => note.EndsWith(answer, StringComparison.Ordinal));
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        var notes = Notes(stage).Count;
        await AskAsync(stage, "dispute");
        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_request")));
        Assert.Equal(notes, Notes(stage).Count);
        await stage.PassAsync(TimeSpan.FromDays(2));
        await AskAsync(stage, "dispute");
        Assert.Equal(notes + 1, Notes(stage).Count);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_second_dispute_is_answered_and_cleared()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        for (var round = 0; round < 2; round++)
        {
            stage.Act("anna", "reject", reason: "no need");
            await stage.RunUntilQuietAsync();
            await AskAsync(stage, "dispute");
        }

        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_request")));
        Assert.Single(Notes(stage), note => note.Contains("A rejection may be disputed once", StringComparison.Ordinal));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_is_outside_the_pilot_is_not_sent_and_marketing_is_told()
    {
        await using var stage = await Stage.StartAsync(new() { Pilot = new(PilotKind.Lead, "1") }, Some.Lead("anna"));

        await AskAsync(stage, "send");

        Assert.Equal((null, "lead"), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "lifecyclestage")));
        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_request")));
        Assert.EndsWith("The pilot does not include this lead. Choose it again when the pilot is over.", Assert.Single(Notes(stage)), StringComparison.Ordinal);
        Assert.Equal(RequestRefusal.OutsidePilot, (await stage.RecordAsync("anna")).Memory.RefusedRequest!.Refusal);
        Assert.Contains("the pilot does not include it, and nothing changed", (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}")).Out, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_sales_has_is_not_sent_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var due = stage.Field("anna", "crmsync_due");

        await AskAsync(stage, "send");

        Assert.Equal(("waiting", due), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_due")));
        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_request")));
        Assert.Contains("Sales has this lead already", Assert.Single(Notes(stage)), StringComparison.Ordinal);
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    private static async Task AskAsync(Stage stage, string request)
    {
        stage.Act("anna", "edit", "marketing-1", fields: new Dictionary<string, string?> { ["crmsync_request"] = request });
        await stage.RunUntilQuietAsync();
    }

    private static List<string> Notes(Stage stage) => [.. stage.Crm("anna").Notes.Select(note => note.Fields["hs_note_body"]!)];
}
