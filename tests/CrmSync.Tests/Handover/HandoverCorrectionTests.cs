using CrmSync.Leads;
using CrmSync.Leads.Handover;
using static CrmSync.Leads.Handover.HandoverState;

namespace CrmSync.Tests.Handover;

/// <summary>Answers that come when no offer waits for one.</summary>
public sealed class HandoverCorrectionTests
{
    private static readonly DateTimeOffset Now = Some.Now;

    [Theory]
    [InlineData(Accepted, "accept", "reject_no_need", Rejected)]
    [InlineData(Accepted, "accept", "reject_never_relevant", Disqualified)]
    [InlineData(Accepted, "accept", "return", Returned)]
    [InlineData(Rejected, "reject_no_need", "accept", Accepted)]
    [InlineData(Rejected, "reject_no_need", "reject_bad_timing", Rejected)]
    [InlineData(Returned, "return", "accept", Accepted)]
    public void Lets_whoever_answered_change_it_and_keeps_the_first(HandoverState was, string said, string says, HandoverState becomes)
    {
        var step = Next(Decided(was, said), Some.Answer(says))!;
        Assert.Equal((becomes, 1, says), (step.Episode.State, step.Episode.Number, step.Episode.LastAnswer));
        Assert.Equal(new EarlierDecision(was, said, Now.AddHours(-2), "rep-1", null), step.Episode.CorrectedFrom);
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Takes_a_correction_for_a_day(int hours, bool counts)
    {
        var move = Move(Decided(Accepted, "accept") with { DecidedAt = Now.AddHours(-hours), OfferedAt = Now.AddDays(-3) }, Some.Answer("reject_no_need") with { At = Now });
        Assert.Equal(counts ? Rejected : null, move.Step?.Episode.State);
        Assert.Equal(counts ? [] : [HandoverNotice.NoOpenOffer], move.Notices);
    }

    [Theory]
    [InlineData("reject_no_need", 20, "accept", 24, Accepted)]
    [InlineData("reject_no_need", 20, "accept", 25, Rejected)]
    [InlineData("return", 1, "reject_bad_timing", 30, Returned)]
    public void Counts_the_day_from_the_first_answer_however_often_it_is_changed(string second, int secondHour, string third, int thirdHour, HandoverState becomes)
    {
        var episode = Some.Offer;
        foreach (var (value, hour) in ((string, int)[])[("accept", 0), (second, secondHour), (third, thirdHour)])
        {
            var at = Now.AddHours(hour);
            episode = HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, episode, Some.Answer(value) with { At = at }), new(), Some.Policy, at).Episode!;
        }
        Assert.Equal((becomes, Now), (episode.State, episode.AnsweredAt));
    }

    [Fact]
    public void A_new_offer_has_a_day_of_its_own()
    {
        var again = HandoverProcess.Next(
            Some.Subject(LifecycleStage.MarketingQualified, Decided(Returned, "return") with { AnsweredAt = Now.AddHours(-2) }) with { Request = MarketingRequest.Send }, new(), Some.Policy, Now);
        Assert.Equal((AwaitingDecision, null), (again.Episode!.State, again.Episode.AnsweredAt));
    }

    [Fact]
    public void Takes_no_correction_from_somebody_else()
    {
        var move = Move(Decided(Accepted, "accept"), Some.Answer("reject_no_need") with { PersonId = "rep-2" });
        Assert.Null(move.Step);
        Assert.Equal([HandoverNotice.NoOpenOffer], move.Notices);
    }

    [Fact]
    public void Moves_the_stage_back_only_where_the_mapping_says()
    {
        var answer = Some.Answer("reject_no_need");
        Assert.Equal(LifecycleStage.SalesAccepted, Next(Decided(Accepted, "accept"), answer, LifecycleStage.SalesAccepted)!.ToStage);
        var mapped = Some.Policy with { StageOnRejected = LifecycleStage.Lead };
        Assert.Equal(LifecycleStage.Lead, HandoverProcess.Next(Some.Subject(LifecycleStage.SalesAccepted, Decided(Accepted, "accept"), answer), new(), mapped, Now).Step!.ToStage);
    }

    [Theory]
    [InlineData(AcceptedBySilence)]
    [InlineData(AcceptedByAction)]
    public void Lets_anybody_put_in_writing_what_was_not(HandoverState unwritten)
    {
        var episode = Some.Episode(unwritten) with { OfferedAt = Now.AddDays(-30), DecidedAt = Now.AddDays(-20) };
        Assert.Equal(Accepted, Next(episode, Some.Answer("accept"), LifecycleStage.SalesAccepted)!.Episode.State);
        Assert.Equal(Rejected, Next(episode, Some.Answer("reject_no_need"), LifecycleStage.SalesAccepted)!.Episode.State);
    }

    [Fact]
    public void Takes_a_lead_that_nobody_offered()
    {
        var step = Next(null, Some.Answer("take"), LifecycleStage.Lead)!;
        Assert.Equal((1, Accepted, true, LifecycleStage.SalesAccepted), (step.Episode.Number, step.Episode.State, step.Episode.SalesGenerated, step.ToStage));
        Assert.Null(step.Episode.OfferedAt);
    }

    [Theory]
    [InlineData(Held, Withdrawn)]
    [InlineData(Returned, Expired)]
    public void Takes_a_lead_that_waits_out_of_its_episode_first(HandoverState waiting, HandoverState left)
    {
        var first = HandoverProcess.Next(Some.Subject(LifecycleStage.MarketingQualified, Some.Episode(waiting), Some.Answer("take")), new(), Some.Policy, Now);
        Assert.Equal((left, Now), (first.Step!.Episode.State, first.LookAgainAt));
        var then = Next(first.Step.Episode, Some.Answer("take"))!;
        Assert.Equal((2, Accepted, true), (then.Episode.Number, then.Episode.State, then.Episode.SalesGenerated));
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("reject_no_need")]
    [InlineData("return")]
    public void Explains_once_that_there_was_nothing_to_answer(string value)
    {
        var subject = Some.Subject(LifecycleStage.Lead, null, Some.Answer(value));
        Assert.Equal([HandoverNotice.NoOpenOffer], HandoverProcess.Next(subject, new(), Some.Policy, Now).Notices);
        Assert.Empty(HandoverProcess.Next(subject with { NoOfferExplained = true }, new(), Some.Policy, Now).Notices);
    }

    [Theory]
    [InlineData(Expired)]
    [InlineData(Withdrawn)]
    [InlineData(Superseded)]
    [InlineData(Recycled)]
    public void Explains_a_decision_on_a_closed_episode(HandoverState closed) =>
        Assert.Equal([HandoverNotice.NoOpenOffer], Move(Some.Episode(closed), Some.Answer("accept")).Notices);

    [Fact]
    public void Passes_over_what_it_acted_on_and_what_it_does_not_know()
    {
        var done = Move(Decided(Accepted, "accept"), Some.Answer("accept") with { At = Now.AddHours(-2) });
        Assert.Equal((null, 0), (done.Step, done.Notices.Count));
        Assert.Empty(HandoverProcess.Next(Some.Subject(LifecycleStage.Lead, null, Some.Answer("maybe")), new(), Some.Policy, Now).Notices);
        Assert.Null(Next(null, Some.Answer("take") with { At = Some.Policy.StartAt }, LifecycleStage.Lead));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Takes_nothing_in_writing_from_a_machine_or_somebody_who_left(bool automation, bool inactive)
    {
        var answer = Some.Answer("accept") with { ByAutomation = automation, ByInactive = inactive };
        var awaiting = Move(Some.Offer, answer);
        Assert.Null(awaiting.Step);
        Assert.NotNull(awaiting.Suppressed);
        Assert.Null(Move(null, answer with { Value = "take" }).Step);
    }

    [Fact]
    public void Asks_an_incomplete_answer_back_once()
    {
        var (subject, offer) = (Some.Subject(LifecycleStage.MarketingQualified, Some.Offer, Some.Answer("reject_other")), Some.Offer);
        HandoverMove At(int minutes)
        {
            var move = HandoverProcess.Next(subject with { Episode = offer }, Some.Qualified, Some.Policy, Now.AddMinutes(minutes));
            offer = move.Episode!;
            return move;
        }
        Assert.Equal(Now.AddMinutes(10), At(0).LookAgainAt);
        Assert.Empty(At(9).Notices);
        Assert.Equal([HandoverNotice.AnswerIncomplete], At(10).Notices);
        Assert.Empty(At(11).Notices);
        subject = subject with { Answer = Some.Answer("reject_other", "no machine like that") };
        Assert.Equal(Rejected, At(12).Step!.Episode.State);
    }

    private static Episode Decided(HandoverState state, string said) =>
        Some.Episode(state) with { OfferedAt = Now.AddHours(-3), DecidedAt = Now.AddHours(-2), DecidedBy = "rep-1", LastAnswer = said };

    private static HandoverMove Move(Episode? episode, RepAnswer answer, LifecycleStage stage = LifecycleStage.MarketingQualified) =>
        HandoverProcess.Next(Some.Subject(stage, episode, answer), new(), Some.Policy, Now);

    private static HandoverStep? Next(Episode? episode, RepAnswer answer, LifecycleStage stage = LifecycleStage.MarketingQualified) => Move(episode, answer, stage).Step;
}
