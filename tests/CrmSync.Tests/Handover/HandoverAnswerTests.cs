using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;

namespace CrmSync.Tests.Handover;

/// <summary>What an answer makes of an open offer.</summary>
public sealed class HandoverAnswerTests
{
    private static readonly DateTimeOffset Now = Some.Now;

    [Theory]
    [InlineData("accept")]
    [InlineData("take")]
    public void Is_accepted_by_a_person_in_writing(string value)
    {
        var step = Next(Some.Answer(value))!;
        Assert.Equal((HandoverState.Accepted, LifecycleStage.SalesAccepted), (step.Episode.State, step.ToStage));
        Assert.Equal((StepActor.Person, "rep-1"), (step.Actor, step.PersonId));
        Assert.Equal((Now.AddMinutes(-30), value), (step.Episode.DecidedAt, step.Episode.LastAnswer));
        Assert.Equal(step.At, step.Episode.DecidedAt);
    }

    [Fact]
    public void Keeps_a_later_stage_when_it_is_accepted() =>
        Assert.Equal(LifecycleStage.Opportunity, Next(Some.Answer("accept"), stage: LifecycleStage.Opportunity)!.ToStage);

    [Theory]
    [InlineData("reject_wrong_industry", RejectionReason.WrongIndustry)]
    [InlineData("reject_wrong_size", RejectionReason.WrongCompanySize)]
    [InlineData("reject_wrong_country", RejectionReason.WrongGeography)]
    [InlineData("reject_wrong_person", RejectionReason.WrongRole)]
    [InlineData("reject_no_need", RejectionReason.NoNeed)]
    [InlineData("reject_no_budget", RejectionReason.NoBudget)]
    [InlineData("reject_customer_or_open_deal", RejectionReason.ExistingCustomerOrOpenDeal)]
    [InlineData("reject_duplicate", RejectionReason.Duplicate)]
    [InlineData("reject_other", RejectionReason.Other)]
    public void Rests_ninety_days_after_a_rejection(string value, RejectionReason reason)
    {
        var step = Next(Some.Answer(value, "why"))!;
        Assert.Equal((HandoverState.Rejected, reason), (step.Episode.State, step.Episode.Reason));
        Assert.Equal(Now.AddMinutes(-30).AddDays(90), step.Episode.CoolOffUntil);
    }

    [Fact]
    public void Rests_half_a_year_after_bad_timing() =>
        Assert.Equal(Now.AddMinutes(-30).AddDays(180), Next(Some.Answer("reject_bad_timing"))!.Episode.CoolOffUntil);

    [Fact]
    public void Is_disqualified_for_good_when_never_relevant()
    {
        var step = Next(Some.Answer("reject_never_relevant"))!;
        Assert.Equal((HandoverState.Disqualified, DateTimeOffset.MaxValue), (step.Episode.State, step.Episode.CoolOffUntil));
    }

    [Fact]
    public void Leaves_a_rejected_lead_at_its_stage_unless_the_mapping_says_otherwise()
    {
        Assert.Equal(LifecycleStage.MarketingQualified, Next(Some.Answer("reject_no_need"))!.ToStage);
        Assert.Equal(LifecycleStage.Lead, Next(Some.Answer("reject_no_need"), policy: Some.Policy with { StageOnRejected = LifecycleStage.Lead })!.ToStage);
    }

    [Fact]
    public void Goes_back_unjudged_for_missing_data()
    {
        var step = Next(Some.Answer("return"))!;
        Assert.Equal((HandoverState.Returned, LifecycleStage.MarketingQualified), (step.Episode.State, step.ToStage));
        Assert.Null(step.Episode.CoolOffUntil);
    }

    [Fact]
    public void Knows_every_option_that_the_field_offers() => Assert.All(
        HandoverFields.All.Single(f => f.Name == HandoverFields.Decision).Options,
        option => Assert.NotNull(Next(Some.Answer(option.Value, "why"))));

    [Theory]
    [InlineData("")]
    [InlineData("Accept")]
    [InlineData("ACCEPT ")]
    [InlineData("maybe")]
    public void Waits_on_an_answer_it_does_not_know(string value) => Assert.Null(Next(Some.Answer(value)));

    [Theory]
    [InlineData(null)]
    [InlineData("  \n ")]
    public void Waits_for_the_words_behind_other(string? text)
    {
        var move = Move(Some.Answer("reject_other", text));
        Assert.Null(move.Step);
        Assert.Equal((HandoverState.AwaitingDecision, Now), (move.Episode!.State, move.Episode.IncompleteSince));
        var later = HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, move.Episode, Some.Answer("reject_other")), Some.Qualified, Some.Policy, Now.AddMinutes(5));
        Assert.Equal(Now, later.Episode!.IncompleteSince);
    }

    [Fact]
    public void Forgets_the_wait_once_the_words_are_there() =>
        Assert.Null(HandoverProcess.Next(
            Some.Subject(LifecycleStage.MarketingQualified, Some.Offer with { IncompleteSince = Now.AddMinutes(-5) }, Some.Answer("reject_other", "why")),
            Some.Qualified, Some.Policy, Now).Step!.Episode.IncompleteSince);

    [Theory]
    [InlineData("accept")]
    [InlineData("reject_no_need")]
    [InlineData("return")]
    public void Takes_no_answer_from_an_automation(string value) => Assert.Null(Next(Some.Answer(value) with { ByAutomation = true }));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Takes_no_answer_older_than_the_offer(int secondsAfterOffer, bool counts) =>
        Assert.Equal(counts, Next(Some.Answer("accept") with { At = Some.Offer.OfferedAt!.Value.AddSeconds(secondsAfterOffer) }) is not null);

    [Fact]
    public void Dates_an_answer_that_nobody_saw_given_to_now()
    {
        var step = Next(new("accept", null, null, null, false))!;
        Assert.Equal((Now, StepActor.Unknown, null), (step.Episode.DecidedAt, step.Actor, step.PersonId));
    }

    [Fact]
    public void Counts_an_answer_before_a_blocker_and_before_the_deadline()
    {
        var late = Some.Offer with { DueAt = Now.AddDays(-30) };
        Assert.Equal(HandoverState.Accepted, Next(Some.Answer("accept"), assessment: Some.Qualified with { Blocked = true })!.Episode.State);
        Assert.Equal(HandoverState.Accepted, Next(Some.Answer("accept"), late)!.Episode.State);
    }

    private static HandoverStep? Next(
        RepAnswer answer, Episode? offer = null, LifecycleStage stage = LifecycleStage.MarketingQualified, LeadAssessment? assessment = null, HandoverPolicy? policy = null) =>
        HandoverProcess.Next(Some.Subject(stage, offer ?? Some.Offer, answer), assessment ?? Some.Qualified, policy ?? Some.Policy, Now).Step;

    private static HandoverMove Move(RepAnswer answer) =>
        HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, Some.Offer, answer), Some.Qualified, Some.Policy, Now);
}
