using CrmSync.Leads;
using CrmSync.Leads.Handover;

namespace CrmSync.Tests.Handover;

/// <summary>What becomes of an open hand-over without an answer.</summary>
public sealed class HandoverProcessTests
{
    private static readonly DateTimeOffset Now = Some.Now;

    [Fact]
    public void Waits_for_the_answer_and_looks_again_when_it_expires()
    {
        var move = Move(Some.Offer);
        Assert.Null(move.Step);
        Assert.Equal(Some.Offer.DueAt, move.LookAgainAt);
        var late = HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, Some.Offer), Some.Qualified, Some.Policy, Some.Offer.DueAt!.Value);
        Assert.Equal(Some.Offer.DueAt + Some.Policy.ExpireAfter, late.LookAgainAt);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Expires_a_week_after_its_deadline(int seconds, bool expires)
    {
        var due = Now.AddDays(-7).AddSeconds(-seconds);
        var step = Move(Some.Offer with { DueAt = due, BreachedAt = due }).Step;
        Assert.Equal(expires ? HandoverState.Expired : null, step?.Episode.State);
        Assert.Equal(expires ? Now.AddDays(90) : null, step?.Episode.CoolOffUntil);
    }

    [Theory]
    [InlineData(LifecycleStage.Lead, null)]
    [InlineData(LifecycleStage.MarketingQualified, null)]
    [InlineData(LifecycleStage.SalesAccepted, HandoverState.Superseded)]
    [InlineData(LifecycleStage.SalesQualified, HandoverState.Superseded)]
    [InlineData(LifecycleStage.Customer, HandoverState.Superseded)]
    public void Invents_no_acceptance_when_somebody_moves_the_lead_on(LifecycleStage stage, HandoverState? becomes)
    {
        var step = Move(Some.Offer, stage: stage).Step;
        Assert.Equal(becomes, step?.Episode.State);
        if (becomes is not null)
            Assert.Equal((stage, (DateTimeOffset?)null), (step!.ToStage, step.Episode.DecidedAt));
    }

    [Fact]
    public void Withdraws_an_offer_when_a_blocker_appears()
    {
        var step = Move(Some.Offer, Some.Qualified with { Blocked = true }).Step!;
        Assert.Equal((HandoverState.Withdrawn, LifecycleStage.MarketingQualified, StepActor.CrmSync), (step.Episode.State, step.ToStage, step.Actor));
    }

    [Fact]
    public void Keeps_an_offer_when_points_fade() => Assert.Null(Move(Some.Offer, Some.NotQualified).Step);

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void Offers_a_held_lead_when_the_gate_opens(bool mayBeOffered, bool factsChanged, bool offers)
    {
        var step = Move(Some.Episode(HandoverState.Held), Some.Qualified with { MayBeOffered = mayBeOffered, DataChanged = factsChanged }).Step;
        Assert.Equal(offers ? HandoverState.AwaitingDecision : null, step?.Episode.State);
        if (offers)
            Assert.Equal((1, Now, Now.AddDays(1)), (step!.Episode.Number, step.Episode.OfferedAt, step.Episode.DueAt));
    }

    [Theory]
    [InlineData(HandoverState.Held)]
    [InlineData(HandoverState.Returned)]
    public void Offers_nothing_by_an_edit_of_the_rules_alone(HandoverState waiting) => Assert.Null(HandoverProcess.Next(
        Some.Subject(LifecycleStage.MarketingQualified, Some.Episode(waiting)) with { OfferOpenedByEdit = true },
        Some.Qualified with { DataChanged = true }, Some.Policy, Now).Step);

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void Offers_a_returned_lead_again_once_its_facts_changed(bool mayBeOffered, bool factsChanged, bool offers)
    {
        var returned = Some.Episode(HandoverState.Returned) with { DecidedAt = Now.AddHours(-1), LastAnswer = "return" };
        var step = Move(returned, Some.Qualified with { MayBeOffered = mayBeOffered, DataChanged = factsChanged }).Step;
        Assert.Equal(offers ? HandoverState.AwaitingDecision : null, step?.Episode.State);
        Assert.Equal(offers ? 1 : null, step?.Episode.Number);
    }

    [Theory]
    [InlineData(HandoverState.Held)]
    [InlineData(HandoverState.Returned)]
    public void Offers_nothing_in_shadow(HandoverState waiting) => Assert.Null(
        Move(Some.Episode(waiting), Some.Qualified with { DataChanged = true }, policy: Some.Policy with { StartAt = null }).Step);

    [Theory]
    [InlineData(HandoverState.Held, HandoverState.Withdrawn)]
    [InlineData(HandoverState.Returned, HandoverState.Expired)]
    public void Ends_the_wait_when_somebody_moves_the_lead_on(HandoverState waiting, HandoverState becomes)
    {
        var step = Move(Some.Episode(waiting), stage: LifecycleStage.SalesAccepted).Step!;
        Assert.Equal((becomes, LifecycleStage.SalesAccepted), (step.Episode.State, step.ToStage));
    }

    [Theory]
    [InlineData(HandoverState.Accepted)]
    [InlineData(HandoverState.AcceptedBySilence)]
    [InlineData(HandoverState.AcceptedByAction)]
    public void Follows_the_work_after_acceptance(HandoverState accepted)
    {
        Assert.Equal(LifecycleStage.SalesQualified, Work(accepted, new() { SalesQualified = true })!.ToStage);
        Assert.Equal(LifecycleStage.Opportunity, Work(accepted, new() { SalesQualified = true, DealOpen = true })!.ToStage);
        var won = Work(accepted, new() { DealOpen = true, DealWon = true })!;
        Assert.Equal((LifecycleStage.Customer, EpisodeOutcome.Won, accepted), (won.ToStage, won.Episode.Outcome, won.Episode.State));
    }

    [Theory]
    [InlineData(LifecycleStage.SalesQualified)]
    [InlineData(LifecycleStage.Opportunity)]
    [InlineData(LifecycleStage.Customer)]
    public void Never_moves_an_accepted_lead_back(LifecycleStage stage)
    {
        Assert.Null(Work(HandoverState.Accepted, new() { SalesQualified = true }, stage));
        Assert.Null(Work(HandoverState.Accepted, new() { DealOpen = true, SalesQualified = true }, stage == LifecycleStage.SalesQualified ? LifecycleStage.Opportunity : stage));
    }

    [Fact]
    public void Qualifies_nobody_whom_sales_has_not_accepted() =>
        Assert.Null(Move(Some.Offer, Some.Qualified with { SalesQualified = true }).Step);

    [Fact]
    public void Leaves_the_stage_that_a_person_took_an_accepted_lead_back_from()
    {
        var takenBack = Some.Subject(LifecycleStage.SalesAccepted, Some.Episode(HandoverState.Accepted)) with { TakenBackFrom = LifecycleStage.SalesQualified };
        Assert.Null(HandoverProcess.Next(takenBack, new() { SalesQualified = true }, Some.Policy, Now).Step);
        Assert.Equal(LifecycleStage.Opportunity, HandoverProcess.Next(takenBack, new() { SalesQualified = true, DealOpen = true }, Some.Policy, Now).Step!.ToStage);
    }

    private static HandoverMove Move(
        Episode episode, LeadAssessment? assessment = null, LifecycleStage stage = LifecycleStage.MarketingQualified, HandoverPolicy? policy = null) =>
        HandoverProcess.Next(Some.Subject(stage, episode), assessment ?? Some.Qualified, policy ?? Some.Policy, Now);

    private static HandoverStep? Work(HandoverState accepted, LeadAssessment assessment, LifecycleStage stage = LifecycleStage.SalesAccepted) =>
        Move(Some.Episode(accepted), assessment, stage).Step;
}
