using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A rejection that takes the stage back: HubSpot needs it emptied first, and it must never stay empty.</summary>
public sealed class BackwardMoveTests
{
    private const string Write = "contacts/batch/update";

    [Fact]
    public async Task A_rejection_clears_and_sets_the_stage_in_two_requests()
    {
        await using var stage = await RejectableAsync();

        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("lead", "rejected"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        var markers = stage.MarkersWritten("anna").Skip(1).ToList();
        Assert.Equal([markers[1] + ".c", markers[1]], markers);
        Assert.Single(stage.Audit("anna"), a => a is { Kind: "Applied", To: "Lead", State: "Rejected" });
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("salesqualifiedlead")]
    [InlineData("subscriber")]
    public async Task A_person_who_sets_a_stage_between_the_two_requests_wins(string set)
    {
        await using var stage = await RejectableAsync();

        stage.Act("anna", "reject", reason: "no need");
        stage.Wire.After("POST", Write, () => stage.Act("anna", "set-stage", stage: set));
        await stage.RunUntilQuietAsync();

        Assert.Equal(set, stage.Crm("anna").Stage);
        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Conflict");
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_worker_killed_between_the_two_requests_finishes_after_the_restart()
    {
        await using var stage = await RejectableAsync();
        stage.Act("anna", "reject", reason: "no need");
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(10));

        await stage.DieAndRestartAsync(stage.Wire.DieAfter("POST", Write));
        Assert.Null(stage.Crm("anna").Stage);
        await stage.RunUntilQuietAsync();

        Assert.Equal("lead", stage.Crm("anna").Stage);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_worker_killed_before_its_second_request_finishes_after_the_restart()
    {
        await using var stage = await RejectableAsync();
        stage.Act("anna", "reject", reason: "no need");
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(10));
        var death = new TaskCompletionSource();
        Task? second = null;
        stage.Wire.After("POST", Write, () =>
        {
            second = stage.Wire.DieBefore("POST", Write);
            second.ContinueWith(_ => death.SetResult(), TaskScheduler.Default);
        });

        await stage.DieAndRestartAsync(death.Task);
        Assert.Null(stage.Crm("anna").Stage);
        await stage.RunUntilQuietAsync();

        Assert.Equal("lead", stage.Crm("anna").Stage);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("delay-apply")]
    public async Task A_lost_answer_to_either_request_never_leaves_the_stage_empty(string fault)
    {
        foreach (var request in new[] { 1, 2 })
        {
            await using var stage = await RejectableAsync();
            if (request == 1)
                stage.Fault(fault, seconds: 30);
            else
                stage.Wire.After("POST", Write, () => stage.Fault(fault, seconds: 30));

            stage.Act("anna", "reject", reason: "no need");
            await stage.RunUntilQuietAsync();

            Assert.Equal(("lead", "rejected"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
            Assert.Equal(3, stage.MarkersWritten("anna").Count);
            await stage.InvariantsHoldAsync();
        }
    }

    [Fact]
    public async Task A_stage_set_just_before_the_clearing_request_is_told_and_given_back()
    {
        await using var stage = await RejectableAsync();

        stage.Act("anna", "reject", reason: "no need");
        stage.Wire.Before("POST", Write, () =>
        {
            stage.Act("anna", "set-stage", stage: "SalesQualified");
            stage.Wire.After("POST", Write, () => stage.Act("anna", "edit", fields: new Dictionary<string, string?> { [HandoverFields.Decision] = null }));
        });
        await stage.RunUntilQuietAsync();

        Assert.Equal(LifecycleStage.SalesQualified, (await stage.RecordAsync("anna")).Stage);
        var audit = stage.Audit("anna");
        Assert.Single(audit, a => a.Kind == "Conflict");
        Assert.Single(audit, a => a is { Kind: "Observed", To: "SalesQualified" } && a.Actor.StartsWith("person:", StringComparison.Ordinal));
        Assert.Single(audit, a => a is { Kind: "Applied", From: "Lead", To: "SalesQualified" });
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_stage_that_somebody_emptied_just_before_the_clearing_request_stays_as_they_left_it()
    {
        await using var stage = await RejectableAsync();

        stage.Act("anna", "reject", reason: "no need");
        stage.Wire.Before("POST", Write, () =>
        {
            stage.Act("anna", "edit", fields: new Dictionary<string, string?> { ["lifecyclestage"] = null });
            stage.Wire.After("POST", Write, () => stage.Act("anna", "edit", fields: new Dictionary<string, string?> { [HandoverFields.Decision] = null }));
        });
        await stage.RunUntilQuietAsync();

        Assert.DoesNotContain(stage.Audit("anna"), a => a is { Kind: "Applied", From: "Lead", To: not "MarketingQualified" });
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_answer_that_our_offer_emptied_is_followed_although_a_stage_was_set_just_before_the_clearing_request()
    {
        await using var stage = await Stage.StartAsync(new() { StageOnRejected = LifecycleStage.Lead }, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Wire.Before("POST", Write, () =>
        {
            stage.Act("anna", "reject", reason: "no need");
            stage.Wire.Before("POST", Write, () => stage.Act("anna", "set-stage", stage: "SalesQualified"));
        });

        await stage.RunUntilQuietAsync();

        Assert.False(string.IsNullOrEmpty(stage.Crm("anna").Stage));
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Conflict");
        Assert.Equal("Rejected", stage.Audit("anna").Last(a => a.Kind == "Applied").State);
        await stage.InvariantsHoldAsync();
    }

    private static async Task<Stage> RejectableAsync()
    {
        var stage = await Stage.StartAsync(new() { StageOnRejected = LifecycleStage.Lead }, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        return stage;
    }
}
