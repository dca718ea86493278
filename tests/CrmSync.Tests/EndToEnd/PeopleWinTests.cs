using CrmSync.Leads.Fields;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What somebody does in the CRM while the worker is about to write.</summary>
public sealed class PeopleWinTests
{
    private const string Write = "contacts/batch/update";

    [Fact]
    public async Task A_stage_set_before_the_guarding_read_is_left_alone()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Wire.BeforeTheGuard(() => stage.Act("anna", "set-stage", stage: "SalesQualified"));

        await stage.RunUntilQuietAsync();

        Assert.Equal("salesqualifiedlead", stage.Crm("anna").Stage);
        Assert.Empty(stage.MarkersWritten("anna"));
        Assert.Equal(["Observed", "Decided", "Superseded", "Observed"], stage.Audit("anna").Select(a => a.Kind));
        Assert.StartsWith("person:", stage.Audit("anna")[^1].Actor, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_later_stage_that_slips_in_after_the_guarding_read_stays_and_is_a_conflict()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Wire.Before("POST", Write, () => stage.Act("anna", "set-stage", stage: "SalesQualified"));

        await stage.RunUntilQuietAsync();

        Assert.Equal("salesqualifiedlead", stage.Crm("anna").Stage);
        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Conflict");
        Assert.DoesNotContain(stage.Audit("anna"), a => a.Kind == "Refused");
        Assert.Equal("superseded", stage.Field("anna", "crmsync_handover"));
        Assert.Empty(await stage.Store.QuarantinedAsync(Stage.Name, default));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_stage_that_slips_in_and_is_overwritten_is_found_by_history()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Stage = "subscriber" });
        stage.RaiseHand("anna");
        stage.Wire.Before("POST", Write, () => stage.Act("anna", "set-stage", stage: "Lead"));

        await stage.RunUntilQuietAsync();

        var conflict = Assert.Single(stage.Audit("anna"), a => a.Kind == "Conflict");
        Assert.Contains("person:", stage.File.Rows($"SELECT reason FROM intents WHERE transition_id = '{conflict.Transition}'").Single(), StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("drop-after")]
    public async Task A_request_of_marketings_that_our_write_went_over_stands_again(string? fault)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Act("anna", "edit", "marketing", fields: Request("send"));
        stage.Wire.Before("POST", Write, () =>
        {
            stage.Act("anna", "edit", "marketing", fields: Request("hold"));
            if (fault is not null)
                stage.Fault(fault);
        });

        await stage.RunUntilQuietAsync();

        Assert.Equal("hold", stage.Field("anna", HandoverFields.Request));
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Applied", State: null } && a.Actor.StartsWith("person:", StringComparison.Ordinal));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_answer_that_changed_before_the_guarding_read_is_judged_anew()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        stage.Wire.BeforeTheGuard(() => stage.Act("anna", "reject", reason: "no need"));

        await stage.RunUntilQuietAsync();

        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Superseded", State: "Accepted" });
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Applied", State: "Rejected" });
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_acceptance_while_the_offer_expires_is_not_lost()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Wire.Before("POST", Write, () => stage.Act("anna", "accept"));

        await stage.PassAsync(TimeSpan.FromDays(30));

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_deleted_before_the_write_is_gone()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        stage.RaiseHand("anna");
        stage.RaiseHand("bo");
        stage.Wire.BeforeTheGuard(() => stage.Act("anna", "delete"));

        await stage.RunUntilQuietAsync();

        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Gone");
        Assert.Equal("waiting", stage.Field("bo", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_archived_after_the_guarding_read_is_gone()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        stage.RaiseHand("anna");
        stage.RaiseHand("bo");
        stage.Wire.Before("POST", Write, () => stage.Act("anna", "archive"));

        await stage.RunUntilQuietAsync();

        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Gone");
        Assert.Equal("waiting", stage.Field("bo", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lead_merged_before_the_write_gets_no_effect_and_the_survivor_is_judged_by_itself(bool beforeGuard)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        stage.RaiseHand("twin");
        void Merge() => stage.Act("twin", "merge", into: "anna");
        if (beforeGuard)
            stage.Wire.BeforeTheGuard(Merge);
        else
            stage.Wire.Before("POST", Write, Merge);

        await stage.RunUntilQuietAsync();

        Assert.Contains(stage.Audit("twin"), a => a.Kind is "Superseded" or "Gone");
        Assert.All(stage.Audit("twin"), a => Assert.NotEqual("Applied", a.Kind));
        // The raised hand is the survivor's now, and new to it.
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_person_who_moves_an_offered_lead_back_is_not_contradicted()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();

        stage.Act("anna", "set-stage", stage: "Lead");
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal("lead", stage.Crm("anna").Stage);
        await stage.InvariantsHoldAsync();
    }

    private static Dictionary<string, string?> Request(string request) => new() { [HandoverFields.Request] = request };
}
