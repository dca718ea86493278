using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Whatever becomes of a write or its answer: one effect in the CRM, one end in the audit.</summary>
public sealed class WriteFaultTests
{
    [Theory]
    [InlineData("drop-after", null)]
    [InlineData("drop-before", null)]
    [InlineData("delay-apply", 30.0)]
    [InlineData("cut", null)]
    [InlineData("html", null)]
    [InlineData("status", null)]
    public async Task An_answer_that_never_came_leaves_one_effect_and_one_end(string fault, double? seconds)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault(fault, seconds: seconds, status: fault == "status" ? 503 : null);

        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("marketingqualifiedlead", "waiting"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        Assert.Single(stage.MarkersWritten("anna"));
        Assert.Equal(["Decided", "Applied"], stage.Audit("anna").Skip(1).Select(a => a.Kind));
        Assert.Contains(stage.Requests(), r => r.Fault == fault);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("cut")]
    [InlineData("html")]
    public async Task An_acceptance_survives_a_lost_answer(string fault)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Fault(fault);

        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(2, stage.MarkersWritten("anna").Count);
        Assert.Equal("SalesAccepted", stage.Audit("anna")[^1].To);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_acceptance_just_before_an_expiry_whose_answer_is_lost_is_the_decision()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Fault("drop-after");
        stage.Wire.Before("POST", "contacts/batch/update", () => stage.Act("anna", "accept"));

        await stage.PassAsync(TimeSpan.FromDays(30));
        await stage.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Equal("Accepted", stage.Audit("anna")[^1].State);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_our_own_offer_wipes_out_answers_it(bool replyLost)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        if (replyLost)
            stage.Fault("drop-after", path: "contacts/batch/update");
        stage.Wire.Before("POST", "contacts/batch/update", () =>
        {
            stage.Clock.AdvanceTo(stage.Now.AddSeconds(2));
            stage.Act("anna", "accept");
            stage.Clock.AdvanceTo(stage.Now.AddSeconds(2));
        });

        await stage.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(["AwaitingDecision", "Accepted"], stage.Audit("anna").Where(a => a.Kind == "Applied").Select(a => a.State));
        Assert.Single(stage.Audit("anna"), a => a.Kind == "Observed");
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_offer_whose_lead_was_moved_on_meanwhile_and_whose_answer_is_lost_never_happened()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Fault("drop-after");
        stage.Wire.Before("POST", "contacts/batch/update", () => stage.Act("anna", "set-stage", stage: "Customer"));

        await stage.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(("customer", "superseded"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        Assert.DoesNotContain(stage.Audit("anna"), a => a is { Kind: "Applied", To: "MarketingQualified" });
        Assert.Single(stage.Audit("anna"), a => a.Kind == "Conflict");
        var move = Assert.Single(stage.Audit("anna"), a => a is { Kind: "Observed", To: "Customer" });
        Assert.StartsWith("person:", move.Actor, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_offer_that_came_and_whose_lead_was_moved_on_before_its_lost_answer_was_settled_did_happen()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Fault("drop-after");
        await stage.RunForAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

        stage.Act("anna", "set-stage", stage: "Customer");
        await stage.RunUntilQuietAsync();

        Assert.Equal("customer", stage.Crm("anna").Stage);
        Assert.Single(stage.Audit("anna"), a => a is { Kind: "Applied", To: "MarketingQualified" });
        Assert.Single(stage.Audit("anna"), a => a is { Kind: "Observed", From: "MarketingQualified", To: "Customer" });
        Assert.DoesNotContain(stage.Audit("anna"), a => a.Kind == "Conflict");
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_write_is_not_sent_again_before_the_settle_time()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("drop-before");
        stage.RaiseHand("anna");

        await stage.RunForAsync(TimeSpan.FromSeconds(150), TimeSpan.FromSeconds(5));

        Assert.Single(stage.Requests(), r => r.Path!.EndsWith("contacts/batch/update", StringComparison.Ordinal));
        await stage.RunUntilQuietAsync();
        Assert.Equal(2, stage.Requests().Count(r => r.Path!.EndsWith("contacts/batch/update", StringComparison.Ordinal)));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_stale_reading_after_a_lost_answer_does_not_make_a_second_effect()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("drop-after");
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

        // The first reading after the settle time comes from a replica that is still as old as the write.
        stage.Fault("stale", path: "contacts/batch/read", seconds: 300);
        await stage.RunUntilQuietAsync();

        Assert.Single(stage.MarkersWritten("anna"));
        Assert.Contains(stage.Requests(), r => r.Fault == "stale");
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lost_answer_of_a_batch_settles_each_lead_by_itself()
    {
        var keys = Enumerable.Range(0, 8).Select(i => $"lead{i}").ToArray();
        await using var stage = await Stage.StartAsync(null, [.. keys.Select(Some.Lead)]);
        stage.Fault("drop-after");
        foreach (var key in keys)
            stage.RaiseHand(key);

        await stage.RunForAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));
        stage.Act("lead3", "set-stage", stage: "Opportunity");
        await stage.RunUntilQuietAsync();

        Assert.Equal("opportunity", stage.Crm("lead3").Stage);
        Assert.Equal("superseded", stage.Field("lead3", "crmsync_handover"));
        Assert.All(keys.Where(key => key != "lead3"), key => Assert.Single(stage.MarkersWritten(key)));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_worker_killed_after_its_write_was_applied_does_not_write_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(10));

        await stage.DieAndRestartAsync(stage.Wire.DieAfter("POST", "contacts/batch/update"));
        await stage.RunUntilQuietAsync();

        Assert.Single(stage.MarkersWritten("anna"));
        Assert.Equal("Applied", stage.Audit("anna")[^1].Kind);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_worker_killed_before_its_write_left_writes_once_after_the_restart()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(10));

        await stage.DieAndRestartAsync(stage.Wire.DieBefore("POST", "contacts/batch/update"));
        await stage.RunUntilQuietAsync();

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Single(stage.MarkersWritten("anna"));
        await stage.InvariantsHoldAsync();
    }
}
