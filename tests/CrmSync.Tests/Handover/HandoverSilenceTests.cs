using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using static CrmSync.Leads.Handover.HandoverNotice;
using static CrmSync.Leads.Handover.HandoverState;

namespace CrmSync.Tests.Handover;

/// <summary>What time, a rep's acts and the end of the work make of a hand-over.</summary>
public sealed class HandoverSilenceTests
{
    private static readonly DateTimeOffset Now = Some.Now;
    private static readonly Episode Offer = Some.Offer with { OfferedAt = Now, DueAt = Now.AddHours(24), OfferedStage = LifecycleStage.MarketingQualified };
    private static readonly HandoverPolicy Reminding = Some.Policy with { Reminders = [100, 50] };

    [Fact]
    public void Reminds_at_half_time_and_at_the_deadline_each_once()
    {
        var told = new List<(int Hour, HandoverNotice)>();
        var offer = Offer;
        for (var hour = 0; hour <= 48; hour++)
        {
            var move = At(hour, offer, Reminding);
            told.AddRange(move.Notices.Select(notice => (hour, notice)));
            Assert.True(move.LookAgainAt > Now.AddHours(hour));
            offer = move.Episode!;
        }
        Assert.Equal([(12, Reminder), (24, Overdue)], told);
        Assert.Equal((100, Offer.DueAt), (offer.ToldPercent, offer.BreachedAt));
    }

    [Fact]
    public void Loses_no_reminder_when_the_clock_jumps_either_way()
    {
        var late = At(30, Offer, Reminding);
        Assert.Equal([Reminder, Overdue], late.Notices);
        Assert.Empty(At(13, late.Episode!, Reminding).Notices);
        Assert.Empty(At(31, late.Episode!, Reminding).Notices);
    }

    [Fact]
    public void Looks_again_at_whatever_comes_next()
    {
        Assert.Equal(Now.AddHours(12), At(0, Offer, Reminding).LookAgainAt);
        Assert.Equal(Offer.DueAt, At(12, Offer, Reminding).LookAgainAt);
        Assert.Equal(Offer.DueAt + Reminding.ExpireAfter, At(24, Offer, Reminding).LookAgainAt);
        Assert.Null(At(24, Offer, Reminding with { Silence = SilencePolicy.Wait }).LookAgainAt);
    }

    [Theory]
    [InlineData(SilencePolicy.Accept, 24, AcceptedBySilence)]
    [InlineData(SilencePolicy.Accept, 23, null)]
    [InlineData(SilencePolicy.Wait, 24 * 100, null)]
    [InlineData(SilencePolicy.Escalate, 24 * 7, null)]
    [InlineData(SilencePolicy.Escalate, 24 * 8, Expired)]
    [InlineData(SilencePolicy.ReturnToMarketing, 24 * 8, Expired)]
    [InlineData(SilencePolicy.Reassign, 23, null)]
    [InlineData(SilencePolicy.Reassign, 24, AwaitingDecision)]
    public void Makes_of_silence_what_was_agreed(SilencePolicy silence, int hours, HandoverState? becomes) =>
        Assert.Equal(becomes, At(hours, Offer with { BreachedAt = hours > 24 ? Offer.DueAt : null }, Some.Policy with { Silence = silence }).Step?.Episode.State);

    [Fact]
    public void After_a_long_standstill_tells_first_that_it_is_late()
    {
        var policy = Reminding with { Silence = SilencePolicy.Escalate, EscalateTo = "boss" };
        var late = At(24 * 40, Offer, policy);
        Assert.Null(late.Step);
        Assert.Contains(HandoverNotice.Escalated, late.Notices);
        Assert.Equal(Offer.DueAt, late.Episode!.BreachedAt);
        Assert.Equal(Expired, At(24 * 40, late.Episode, policy).Step!.Episode.State);
    }

    [Fact]
    public void An_answer_begun_and_never_finished_goes_back_and_is_no_silent_yes()
    {
        var policy = Some.Policy with { Silence = SilencePolicy.Accept };
        var begun = Offer with { IncompleteSince = Offer.OfferedAt, IncompleteToldAt = Offer.OfferedAt, BreachedAt = Offer.DueAt };
        var subject = Some.Subject(LifecycleStage.MarketingQualified, begun) with { Answer = new("reject_other", null, null, null, false) };
        var ended = HandoverProcess.Next(subject, Some.Qualified, policy, Offer.DueAt!.Value.AddDays(7));
        Assert.Equal(Expired, ended.Step!.Episode.State);
    }

    [Fact]
    public void Dates_an_acceptance_by_silence_to_the_deadline()
    {
        var step = At(100, Offer, Some.Policy with { Silence = SilencePolicy.Accept }).Step!;
        Assert.Equal((Offer.DueAt, Offer.DueAt, LifecycleStage.SalesAccepted), (step.At, step.Episode.DecidedAt, step.ToStage));
        Assert.Null(At(100, Offer, Some.Policy with { Silence = SilencePolicy.Accept }, Some.Answer("reject_other") with { At = Now.AddHours(5) }).Step);
    }

    [Fact]
    public void Escalates_once_at_the_deadline()
    {
        var policy = Some.Policy with { Silence = SilencePolicy.Escalate, EscalateTo = "boss" };
        var move = At(24, Offer, policy);
        Assert.Equal([Escalated], move.Notices);
        Assert.Empty(At(25, move.Episode!, policy).Notices);
    }

    [Fact]
    public void Claims_no_escalation_while_nobody_is_there_and_makes_up_for_it()
    {
        var policy = Reminding with { Silence = SilencePolicy.Escalate };
        var late = At(24, Offer, policy);
        Assert.Equal([Reminder, Overdue], late.Notices);
        Assert.Null(late.Episode!.EscalatedAt);
        Assert.Equal([Escalated], At(25, late.Episode, policy with { EscalateTo = "boss" }).Notices);
    }

    [Fact]
    public void Passes_an_offer_on_once_with_a_deadline_and_reminders_of_its_own()
    {
        var policy = Reminding with { Silence = SilencePolicy.Reassign };
        var passed = At(30, Offer with { OwnerId = "anna", ToldPercent = 50 }, policy).Step!;
        Assert.True(passed.IsReassignment);
        var offer = passed.Episode;
        Assert.Equal((Now.AddHours(54), Offer.DueAt, "anna", Offer.OfferedAt), (offer.DueAt!.Value, offer.BreachedAt, offer.PassedOver, offer.OfferedAt));
        Assert.Equal(Now.AddHours(42), At(31, offer, policy).LookAgainAt);
        Assert.Equal([Reminder], At(42, offer, policy).Notices);
        var late = At(54 + 24 * 7 - 1, offer, policy);
        Assert.Null(late.Step);
        Assert.Equal(Expired, At(54 + 24 * 7, late.Episode!, policy).Step!.Episode.State);
    }

    [Fact]
    public void Passes_nothing_on_while_somebody_answers()
    {
        var policy = Some.Policy with { Silence = SilencePolicy.Reassign };
        Assert.Null(At(30, Offer, policy, Some.Answer("reject_other") with { At = Now.AddHours(23) }).Step);
    }

    [Fact]
    public void After_a_long_standstill_tells_the_next_person_first_too()
    {
        var policy = Reminding with { Silence = SilencePolicy.Reassign };
        var passedOn = Offer with { ReassignedAt = Offer.DueAt, PassedOver = "anna", BreachedAt = Offer.DueAt, DueAt = Offer.DueAt!.Value.AddDays(1) };
        var late = At(24 * 12, passedOn, policy);
        Assert.Equal((null, true), (late.Step, late.Notices.Contains(HandoverNotice.Overdue)));
        Assert.Equal(Expired, At(24 * 12, late.Episode!, policy).Step?.Episode.State);
    }

    [Fact]
    public void Opens_a_task_again_once_that_was_closed_without_an_answer()
    {
        var subject = Some.Subject(LifecycleStage.MarketingQualified, Offer) with { TaskCompleted = true };
        var move = HandoverProcess.Next(subject, Some.Qualified, Some.Policy, Now);
        Assert.Equal([ReopenTask], move.Notices);
        Assert.Empty(HandoverProcess.Next(subject with { Episode = move.Episode }, Some.Qualified, Some.Policy, Now).Notices);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Takes_a_stage_moved_by_hand_for_a_yes_where_that_was_agreed(bool dated)
    {
        var subject = Some.Subject(LifecycleStage.SalesQualified, Offer) with { ForeignStageAt = Now, PersonStageAt = Now, PersonStageBy = "rep-1", PersonStageDated = dated };
        var step = HandoverProcess.Next(subject, new(), Some.Policy with { Accept = new() { OnStageMoved = true } }, Now.AddHours(1)).Step!;
        Assert.Equal((AcceptedByAction, LifecycleStage.SalesQualified, "rep-1"), (step.Episode.State, step.ToStage, step.PersonId));
        Assert.Equal(dated ? Now : null, step.At);
        Assert.Equal(step.At, step.Episode.DecidedAt);
    }

    [Fact]
    public void A_stage_that_stood_there_before_the_offer_is_no_instant_of_a_yes()
    {
        var subject = Some.Subject(LifecycleStage.SalesQualified, Offer) with { ForeignStageAt = Now, PersonStageAt = Offer.OfferedAt!.Value.AddDays(-400), PersonStageDated = true };

        var step = HandoverProcess.Next(subject, new(), Some.Policy with { Accept = new() { OnStageMoved = true } }, Now.AddHours(1)).Step!;

        Assert.Equal((AcceptedByAction, null), (step.Episode.State, step.At));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(1, AcceptedByAction)]
    public void Takes_a_call_or_a_meeting_since_the_offer_for_a_yes_where_that_was_agreed(int hours, HandoverState? becomes)
    {
        var did = new LeadAssessment { ContactedAt = Now.AddHours(hours), MeetingBookedAt = Now.AddHours(hours) };
        HandoverStep? With(AcceptSettings accept) => HandoverProcess.Next(
            Some.Subject(LifecycleStage.MarketingQualified, Offer), did, Some.Policy with { Accept = accept }, Now.AddHours(2)).Step;
        Assert.Equal(becomes, With(new() { OnFirstContact = true })?.Episode.State);
        Assert.Equal(becomes, With(new() { OnMeetingBooked = true })?.Episode.State);
        Assert.Null(With(new() { OnStageMoved = true }));
    }

    [Fact]
    public void Is_not_confused_by_a_machine_that_moves_the_stage_on_and_back()
    {
        var policy = Some.Policy with { Accept = new() { OnStageMoved = true } };
        foreach (var stage in (LifecycleStage[])[LifecycleStage.Opportunity, LifecycleStage.Lead, LifecycleStage.MarketingQualified])
            Assert.Null(HandoverProcess.Next(Some.Subject(stage, Offer) with { ForeignStageAt = Now, StageByAutomation = true }, new(), policy, Now).Step);
    }

    [Fact]
    public void Recycles_what_a_person_gives_back_and_loses_what_lost_its_deal()
    {
        var back = Some.Subject(LifecycleStage.MarketingQualified, Some.Episode(Accepted)) with { TakenBackFrom = LifecycleStage.SalesAccepted, PersonStageAt = Now };
        var recycled = HandoverProcess.Next(back, new(), Some.Policy, Now).Step!.Episode;
        Assert.Equal((Recycled, Now, Now.AddDays(90)), (recycled.State, recycled.EndedAt, recycled.CoolOffUntil));
        Assert.Null(HandoverProcess.Next(back with { StageByAutomation = true }, new(), Some.Policy, Now).Step);
        Assert.Null(HandoverProcess.Next(back with { Episode = recycled }, new(), Some.Policy, Now).Step);

        var deal = Some.Subject(LifecycleStage.Opportunity, Some.Episode(Accepted) with { DealSeen = true });
        var lost = HandoverProcess.Next(deal, new() { NoDealLeft = true }, Some.Policy, Now).Step!.Episode;
        Assert.Equal((EpisodeOutcome.Lost, Accepted, "Lost", true), (lost.Outcome, lost.State, lost.AuditState, lost.IsOver));
        var raised = Some.Qualified with { HandRaise = true, HandRaisedAt = Now.AddDays(1), LatestEvidenceAt = Now.AddDays(1), NoDealLeft = true };
        Assert.Equal(2, HandoverProcess.Next(deal with { Episode = lost }, raised, Some.Policy, Now.AddDays(2)).Step!.Episode.Number);
        Assert.Equal(EpisodeOutcome.Open, HandoverProcess.Next(deal with { Episode = lost }, new() { DealOpen = true }, Some.Policy, Now).Episode!.Outcome);
    }

    [Fact]
    public void Keeps_to_the_order_in_which_an_account_takes_its_stages()
    {
        var policy = Some.Policy with
        {
            Order = new([LifecycleStage.Lead, LifecycleStage.MarketingQualified, LifecycleStage.SalesQualified, LifecycleStage.SalesAccepted, LifecycleStage.Opportunity, LifecycleStage.Customer]),
        };
        var subject = Some.Subject(LifecycleStage.SalesQualified, Offer);
        Assert.Null(HandoverProcess.Next(subject, Some.Qualified, policy, Now).Step);
        var accepted = HandoverProcess.Next(subject with { Answer = Some.Answer("accept") with { At = Now } }, Some.Qualified, policy, Now).Step!;
        Assert.Equal(LifecycleStage.SalesAccepted, accepted.ToStage);
        Assert.Null(HandoverProcess.Next(Some.Subject(LifecycleStage.SalesAccepted, accepted.Episode), new() { SalesQualified = true }, policy, Now).Step);
        Assert.Throws<ArgumentException>(() => new StageOrder([LifecycleStage.Lead, LifecycleStage.Customer]));
    }

    private static HandoverMove At(int hours, Episode offer, HandoverPolicy policy, RepAnswer? answer = null) =>
        HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, offer, answer), Some.Qualified, policy, Now.AddHours(hours));
}
