using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A rep who answers in the very moment in which our offer empties the answer field.</summary>
public sealed class WipedAnswerTests
{
    private const string Write = "contacts/batch/update";
    private const string Comment = "their lift is booked elsewhere";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_comment_counts_with_the_answer_and_both_stand_in_the_record_again(bool replyLost)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        if (replyLost)
            stage.Fault("drop-after", path: Write);
        Slip(stage, () => stage.Act("anna", "reject", reason: "other", text: Comment));

        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("rejected", "reject_other", Comment),
            (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_decision"), stage.Field("anna", "crmsync_decision_text")));
        Assert.Contains($"(\"{Comment}\")", Assert.Single(stage.Crm("anna").Notes).Fields["hs_note_body"], StringComparison.Ordinal);
        Assert.Equal(["AwaitingDecision", "Rejected"], stage.Audit("anna").Where(a => a.Kind == "Applied").Select(a => a.State));
        Assert.Null((await stage.RecordAsync("anna")).Memory.Wiped);
        var rows = stage.Audit("anna").Count;
        await stage.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(rows, stage.Audit("anna").Count);
        await stage.InvariantsHoldAsync();
    }

    /// <summary>A CRM that tells whole seconds dates much alike that was one after the other.</summary>
    [Fact]
    public async Task An_answer_that_is_dated_like_the_edit_before_it_counts_too()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Wire.BeforeTheGuard(() => stage.Act("anna", "edit", fields: new Dictionary<string, string?> { ["jobtitle"] = "Director" }));
        stage.Wire.Before("POST", Write, () => stage.Act("anna", "reject", reason: "other", text: Comment));

        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("rejected", "reject_other", Comment),
            (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_decision"), stage.Field("anna", "crmsync_decision_text")));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_comment_on_something_older_is_not_taken_for_it()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Act("anna", "edit", fields: new Dictionary<string, string?> { ["crmsync_decision_text"] = "met her in Odense" });
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        stage.RaiseHand("anna");
        Slip(stage, () => stage.Act("anna", "reject", reason: "no need"));

        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        Assert.DoesNotContain("Odense", Assert.Single(stage.Crm("anna").Notes).Fields["hs_note_body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_answer_that_comes_while_it_is_put_back_corrects_it()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        Slip(stage, () =>
        {
            stage.Act("anna", "accept");
            Slip(stage, () => stage.Act("anna", "reject", reason: "other", text: Comment));
        });

        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("rejected", "reject_other", Comment),
            (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_decision"), stage.Field("anna", "crmsync_decision_text")));
        Assert.Equal(["AwaitingDecision", "Accepted", "Rejected"], stage.Audit("anna").Where(a => a.Kind == "Applied").Select(a => a.State));
        await stage.InvariantsHoldAsync();
    }

    /// <summary>The answer of whoever came first stands and is decided on, and the other one would never know.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_elses_answer_that_comes_while_it_is_put_back_is_told_that_it_came_too_late(bool isToldAlready)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        if (isToldAlready)
        {
            stage.Act("anna", "accept", "rep-2");
            await stage.PassAsync(TimeSpan.FromMinutes(5));
        }
        var notes = stage.Crm("anna").Notes.Count;
        stage.RaiseHand("anna");
        Slip(stage, () =>
        {
            stage.Act("anna", "reject", "rep-1", reason: "no need");
            Slip(stage, () => stage.Act("anna", "accept", "rep-2"));
        });

        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(("rejected", "reject_no_need"), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_decision")));
        Assert.Equal(notes + 2, stage.Crm("anna").Notes.Count);
        Assert.Single(stage.Crm("anna").Notes.Skip(notes), note => note.Fields["hs_note_body"].Contains("\"Accept: I will follow up\" changes nothing", StringComparison.Ordinal));
        Assert.Null((await stage.RecordAsync("anna")).Memory.Wiped);
        await stage.InvariantsHoldAsync();
    }

    /// <summary>It takes two steps: what was sent back lapses, and theirs begins.</summary>
    [Fact]
    public async Task Whoever_takes_a_lead_while_somebody_elses_return_is_put_back_gets_it()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        Slip(stage, () =>
        {
            stage.Act("anna", "return", "rep-1");
            Slip(stage, () => stage.Act("anna", "take", "rep-2"));
        });

        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("accepted", "take"), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_decision")));
        await stage.InvariantsHoldAsync();
    }

    /// <summary>It says what is decided already, and must not begin anything once that has ended.</summary>
    [Fact]
    public async Task Take_it_over_ones_own_acceptance_is_over_with_that_acceptance()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        Slip(stage, () =>
        {
            stage.Act("anna", "accept", "rep-1");
            Slip(stage, () => stage.Act("anna", "take", "rep-1"));
        });
        await stage.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));

        stage.Act("anna", "set-stage", "rep-1", stage: "MarketingQualified");
        await stage.PassAsync(TimeSpan.FromDays(2));

        Assert.Equal(("recycled", "marketingqualifiedlead"), (stage.Field("anna", "crmsync_handover"), stage.Crm("anna").Stage));
        Assert.Null((await stage.RecordAsync("anna")).Memory.Wiped);
        await stage.InvariantsHoldAsync();
    }

    /// <summary>Between our guarding read and our next write, with some time on either side.</summary>
    private static void Slip(Stage stage, Action act) => stage.Wire.Before("POST", Write, () =>
    {
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(2));
        act();
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(2));
    });
}
