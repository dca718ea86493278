using CrmSync.Leads;
using CrmSync.Leads.Handover;
using static CrmSync.Leads.Handover.HandoverState;

namespace CrmSync.Tests.Handover;

/// <summary>What marketing asks for in its own field.</summary>
public sealed class HandoverRequestTests
{
    private static readonly DateTimeOffset Now = Some.Now;

    [Theory]
    [InlineData(null)]
    [InlineData(Held)]
    [InlineData(Returned)]
    [InlineData(Rejected)]
    public void Sends_now_whatever_the_rules_say(HandoverState? from)
    {
        var episode = from is { } state ? Some.Episode(state) with { CoolOffUntil = Now.AddDays(80) } : null;
        var step = Next(MarketingRequest.Send, episode, new() { Blocked = true })!;
        Assert.Equal((AwaitingDecision, true, Now), (step.Episode.State, step.Episode.Override, step.Episode.OfferedAt));
        Assert.Null(Next(null, step.Episode, new() { Blocked = true }));
    }

    [Fact]
    public void Withdraws_what_was_sent_when_a_blocker_is_new()
    {
        var sent = Next(MarketingRequest.Send, null, new())!.Episode;
        Assert.Equal(Withdrawn, Next(null, sent, new() { Blocked = true })!.Episode.State);
    }

    [Fact]
    public void Sends_nothing_that_sales_has() => Assert.Null(Next(MarketingRequest.Send, null, new(), LifecycleStage.SalesQualified));

    [Fact]
    public void Holds_a_lead_while_it_is_asked_to()
    {
        var held = Next(MarketingRequest.Hold, null, Some.Qualified, LifecycleStage.Lead)!;
        Assert.Equal((Held, LifecycleStage.MarketingQualified), (held.Episode.State, held.ToStage));
        Assert.Null(Next(MarketingRequest.Hold, held.Episode, Some.Qualified));
        Assert.Equal(AwaitingDecision, Next(null, held.Episode, Some.Qualified)!.Episode.State);
    }

    [Fact]
    public void Takes_back_an_offer_that_nobody_answered_and_makes_it_again_when_the_hold_is_lifted()
    {
        var back = Next(MarketingRequest.Hold, Some.Offer, Some.Qualified)!;
        Assert.Equal((Withdrawn, true), (back.Episode.State, back.Episode.OnHold));
        Assert.Null(Next(MarketingRequest.Hold, back.Episode, Some.Qualified with { LatestEvidenceAt = Now.AddDays(-3) }));
        var again = Next(null, back.Episode, Some.Qualified with { LatestEvidenceAt = Now.AddDays(-3) })!;
        Assert.Equal((AwaitingDecision, 2), (again.Episode.State, again.Episode.Number));
    }

    [Fact]
    public void Counts_an_answer_before_a_hold() => Assert.Equal(Accepted, HandoverProcess.Next(
        Some.Subject(LifecycleStage.MarketingQualified, Some.Offer, Some.Answer("accept")) with { Request = MarketingRequest.Hold }, new(), Some.Policy, Now).Step!.Episode.State);

    [Fact]
    public void Asks_sales_once_more_when_a_rejection_is_disputed()
    {
        var rejected = Rejection(days: 3);
        var move = Move(MarketingRequest.Dispute, rejected, new());
        var again = move.Step!.Episode;
        Assert.Equal((AwaitingDecision, 1, Now, Now.AddDays(1)), (again.State, again.Number, again.DisputedAt, again.DueAt));
        Assert.Equal((Rejected, "reject_no_need"), (again.CorrectedFrom!.State, again.CorrectedFrom.Answer));
        Assert.Equal([HandoverNotice.Disputed], move.Notices);
        Assert.Null(again.EscalatedAt);
        Assert.True(move.Step.IsOffer && move.Step.IsDispute);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disputed_lead_stays_with_sales_whatever_stood_against_it_when_it_was_disputed(bool before)
    {
        var against = new LeadAssessment { Blocked = true };
        var again = Move(MarketingRequest.Dispute, Rejection(days: 3) with { BlockedAtOffer = before }, against).Step!.Episode;
        Assert.Null(Next(MarketingRequest.Dispute, again, against));
        var cleared = Move(MarketingRequest.Dispute, Rejection(days: 3) with { BlockedAtOffer = before }, new()).Step!.Episode;
        Assert.Equal(Withdrawn, Next(null, cleared, against)!.Episode.State);
    }

    [Fact]
    public void Tells_a_dispute_to_whoever_is_named_and_there()
    {
        var subject = Some.Subject(LifecycleStage.MarketingQualified, Rejection(days: 3)) with { Request = MarketingRequest.Dispute };
        var move = HandoverProcess.Next(subject, new(), Some.Policy with { EscalateTo = "boss" }, Now);
        Assert.Equal([HandoverNotice.Escalated], move.Notices);
        Assert.Equal(Now, move.Step!.Episode.EscalatedAt);
    }

    [Theory]
    [InlineData(MarketingRequest.Dispute, Rejected, RequestRefusal.TooLate)]
    [InlineData(MarketingRequest.Dispute, null, RequestRefusal.NothingToDispute)]
    [InlineData(MarketingRequest.Dispute, Disqualified, RequestRefusal.NothingToDispute)]
    [InlineData(MarketingRequest.Dispute, Held, RequestRefusal.NothingToDispute)]
    [InlineData(MarketingRequest.Send, AwaitingDecision, RequestRefusal.WithSales)]
    [InlineData(MarketingRequest.Send, Accepted, RequestRefusal.WithSales)]
    [InlineData(MarketingRequest.Send, Rejected, null)]
    [InlineData(MarketingRequest.Hold, Held, null)]
    [InlineData(null, Rejected, null)]
    public void Says_why_a_request_comes_to_nothing(MarketingRequest? request, HandoverState? state, RequestRefusal? refusal)
    {
        var episode = state is { } known ? Some.Episode(known) with { DecidedAt = known is AwaitingDecision or Held ? null : Now.AddDays(-8) } : null;
        Assert.Equal(refusal, Move(request, episode, new()).Refused);
        Assert.Null(HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, episode) with { Request = request }, new(), Some.Policy with { StartAt = null }, Now).Refused);
    }

    [Fact]
    public void Takes_a_dispute_once_and_in_time()
    {
        Assert.Equal("disputed too late", Move(MarketingRequest.Dispute, Rejection(days: 8), new()).Suppressed);
        var twice = Move(MarketingRequest.Dispute, Rejection(days: 3) with { DisputedAt = Now.AddDays(-4) }, new());
        Assert.Equal(("disputed before", RequestRefusal.DisputedBefore), (twice.Suppressed, twice.Refused));
        Assert.Null(Next(MarketingRequest.Dispute, Rejection(days: 1) with { State = Disqualified }, new()));
    }

    private static Episode Rejection(int days) => Some.Rejected() with { DecidedAt = Now.AddDays(-days), EndedAt = Now.AddDays(-days), LastAnswer = "reject_no_need" };

    private static HandoverMove Move(MarketingRequest? request, Episode? episode, LeadAssessment assessment, LifecycleStage stage = LifecycleStage.MarketingQualified) =>
        HandoverProcess.Next(Some.Subject(stage, episode) with { Request = request }, assessment, Some.Policy, Now);

    private static HandoverStep? Next(MarketingRequest? request, Episode? episode, LeadAssessment assessment, LifecycleStage stage = LifecycleStage.MarketingQualified) =>
        Move(request, episode, assessment, stage).Step;
}
