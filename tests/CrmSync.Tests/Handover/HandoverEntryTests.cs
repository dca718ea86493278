using CrmSync.Leads;
using CrmSync.Leads.Handover;

namespace CrmSync.Tests.Handover;

/// <summary>How a lead without an open hand-over begins one, or does not.</summary>
public sealed class HandoverEntryTests
{
    private static readonly DateTimeOffset Now = Some.Now;

    [Fact]
    public void Offers_a_qualified_lead_to_sales()
    {
        var step = Next(Some.Subject())!;
        Assert.Equal((HandoverState.AwaitingDecision, LifecycleStage.MarketingQualified, 1), (step.Episode.State, step.ToStage, step.Episode.Number));
        Assert.Equal((Now, Now.AddDays(1), StepActor.CrmSync), (step.Episode.OfferedAt, step.Episode.DueAt, step.Actor));
        Assert.True(step.IsOffer);
    }

    [Fact]
    public void Gives_a_hand_raise_the_shorter_deadline() =>
        Assert.Equal(Now.AddHours(4), Next(Some.Subject(), Some.Qualified with { HandRaise = true })!.Episode.DueAt);

    [Fact]
    public void Holds_a_lead_whose_offer_gate_says_no()
    {
        var step = Next(Some.Subject(), Some.Qualified with { MayBeOffered = false })!;
        Assert.Equal((HandoverState.Held, LifecycleStage.MarketingQualified), (step.Episode.State, step.ToStage));
        Assert.Null(step.Episode.OfferedAt);
    }

    [Fact]
    public void Leaves_an_unqualified_lead_alone() => Assert.Null(Next(Some.Subject(), Some.NotQualified));

    [Fact]
    public void Leaves_a_stage_outside_the_model_alone() => Assert.Null(Next(Some.Subject(stage: null)));

    [Theory]
    [InlineData(LifecycleStage.Lead, true)]
    [InlineData(LifecycleStage.MarketingQualified, true)]
    [InlineData(LifecycleStage.SalesAccepted, false)]
    [InlineData(LifecycleStage.Customer, false)]
    public void Offers_up_to_mql_only(LifecycleStage stage, bool offers) => Assert.Equal(offers, Next(Some.Subject(stage)) is not null);

    [Fact]
    public void Decides_nothing_in_shadow() => Assert.Null(Next(Some.Subject(), policy: Some.Policy with { StartAt = null }));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Opens_by_evidence_newer_than_the_start_only(int secondsAfterStart, bool opens)
    {
        var start = Now.AddDays(-1);
        var did = Some.Qualified with { LatestEvidenceAt = start.AddSeconds(secondsAfterStart) };
        Assert.Equal(opens, Next(Some.Subject(), did, Some.Policy with { StartAt = start }) is not null);
    }

    [Fact]
    public void Opens_nothing_without_any_dated_evidence() => Assert.Null(Next(Some.Subject(), Some.Qualified with { LatestEvidenceAt = null }));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void Opens_when_a_person_sets_mql_after_the_start(int secondsAfterStart, bool opens)
    {
        var start = Now.AddDays(-1);
        var subject = Some.Subject(LifecycleStage.MarketingQualified) with { PersonStageAt = start.AddSeconds(secondsAfterStart), ForeignStageAt = start.AddSeconds(secondsAfterStart) };
        var step = Next(subject, new() { MayBeOffered = true }, Some.Policy with { StartAt = start });
        Assert.Equal(opens, step is not null);
    }

    [Fact]
    public void Opens_nothing_for_a_stage_that_an_import_set() =>
        Assert.Null(Next(Some.Subject(LifecycleStage.MarketingQualified) with { ForeignStageAt = Now }, new() { MayBeOffered = true }));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void Opens_when_a_workflow_sets_mql_after_the_start(int secondsAfterStart, bool opens)
    {
        var start = Now.AddDays(-1);
        var subject = WorkflowSetMql(null, start.AddSeconds(secondsAfterStart));
        Assert.Equal(opens, Next(subject, new() { MayBeOffered = true }, Some.Policy with { StartAt = start }) is not null);
        Assert.Null(Next(subject, new() { MayBeOffered = true }, Some.Policy with { StartAt = start, PeopleSetMql = false }));
    }

    [Fact]
    public void Holds_what_a_workflow_set_to_mql_against_the_offer_gate() =>
        Assert.Equal(HandoverState.Held, Next(WorkflowSetMql(null, Now), new())!.Episode.State);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Rests_though_a_workflow_sets_mql_again(int secondsAfterEnd, bool opens)
    {
        var closed = Some.Rejected() with { CoolOffUntil = Now.AddSeconds(-secondsAfterEnd) };
        var move = Move(WorkflowSetMql(closed, Now.AddMinutes(-1)), new() { MayBeOffered = true });
        Assert.Equal(opens, move.Step is not null);
        Assert.Equal(opens ? null : closed.CoolOffUntil, move.LookAgainAt);
    }

    [Fact]
    public void Holds_what_a_person_set_to_mql_against_the_offer_gate() =>
        Assert.Equal(HandoverState.Held, Next(PersonSetMql(null, Now), new())!.Episode.State);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Keeps_the_stage_a_person_set_until_newer_evidence(int secondsAfter, bool lifts)
    {
        var subject = Some.Subject() with { ForeignStageAt = Now.AddDays(-2) };
        var move = Move(subject, Some.Qualified with { LatestEvidenceAt = Now.AddDays(-2).AddSeconds(secondsAfter) });
        Assert.Equal(lifts, move.Step is not null);
        Assert.Equal(lifts, move.Suppressed is null);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Rests_until_the_cool_off_is_over(int secondsAfterEnd, bool opens)
    {
        var closed = Some.Rejected() with { CoolOffUntil = Now.AddSeconds(-secondsAfterEnd) };
        var move = Move(Some.Subject(LifecycleStage.MarketingQualified, closed));
        Assert.Equal(opens ? 2 : null, move.Step?.Episode.Number);
        Assert.Equal(opens ? null : "cool-off", move.Suppressed);
        Assert.Equal(opens ? null : closed.CoolOffUntil, move.LookAgainAt);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Needs_something_newer_than_the_last_no(int secondsAfterDecision, bool opens)
    {
        var closed = Some.Rejected() with { CoolOffUntil = Now };
        var did = Some.Qualified with { LatestEvidenceAt = closed.DecidedAt!.Value.AddSeconds(secondsAfterDecision) };
        var move = Move(Some.Subject(LifecycleStage.MarketingQualified, closed), did);
        Assert.Equal(opens, move.Step is not null);
        Assert.Equal(opens ? null : "no newer evidence", move.Suppressed);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Lifts_the_cool_off_for_a_hand_raise_newer_than_the_no(int secondsAfterDecision, bool opens)
    {
        var closed = Some.Rejected();
        var raised = Some.Qualified with { HandRaise = true, HandRaisedAt = closed.DecidedAt!.Value.AddSeconds(secondsAfterDecision) };
        Assert.Equal(opens, Next(Some.Subject(LifecycleStage.MarketingQualified, closed), raised) is not null);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Lifts_the_pause_after_a_lost_sale_for_a_hand_raised_since_it_was_lost(int secondsAfterLoss, bool opens)
    {
        var lost = Some.Episode(HandoverState.Accepted) with
        {
            Outcome = EpisodeOutcome.Lost, DecidedAt = Now.AddDays(-10), EndedAt = Now.AddDays(-1), EndedStage = LifecycleStage.MarketingQualified, CoolOffUntil = Now.AddDays(80),
        };
        var raised = Some.Qualified with { HandRaise = true, HandRaisedAt = lost.EndedAt!.Value.AddSeconds(secondsAfterLoss) };
        Assert.Equal(opens, Next(Some.Subject(LifecycleStage.MarketingQualified, lost), raised) is not null);
    }

    [Fact]
    public void Never_lets_the_never_relevant_in_again_even_with_a_hand_raise()
    {
        var closed = Some.Rejected(RejectionReason.NeverRelevant) with { State = HandoverState.Disqualified };
        var move = Move(Some.Subject(LifecycleStage.MarketingQualified, closed), Some.Qualified with { HandRaise = true, HandRaisedAt = Now });
        Assert.Equal((null, "never relevant", null), (move.Step, move.Suppressed, move.LookAgainAt));
    }

    [Theory]
    [InlineData(RejectionReason.NoNeed)]
    [InlineData(RejectionReason.NeverRelevant)]
    public void Lets_a_person_reopen_what_rests(RejectionReason reason) =>
        Assert.Equal(2, Next(PersonSetMql(Some.Rejected(reason), Now.AddDays(-9)))!.Episode.Number);

    [Fact]
    public void Takes_a_person_who_set_mql_before_the_no_for_no_reopening() =>
        Assert.Null(Next(PersonSetMql(Some.Rejected(), Now.AddDays(-12))));

    [Theory]
    [InlineData(HandoverState.Expired)]
    [InlineData(HandoverState.Withdrawn)]
    [InlineData(HandoverState.Superseded)]
    public void Opens_once_for_one_person_who_set_mql(HandoverState ended)
    {
        var closed = Some.Episode(ended) with { CoolOffUntil = ended == HandoverState.Expired ? Now.AddDays(90) : null };
        Assert.Null(Next(PersonSetMql(closed, closed.OpenedAt)));
        Assert.NotNull(Next(PersonSetMql(closed, closed.OpenedAt.AddSeconds(1))));
    }

    [Fact]
    public void Begins_again_with_a_clean_episode()
    {
        var again = Next(Some.Subject(LifecycleStage.MarketingQualified, Some.Rejected() with { CoolOffUntil = Now, LastAnswer = "reject_no_need" }))!.Episode;
        Assert.Equal((2, (DateTimeOffset?)null, (RejectionReason?)null, (DateTimeOffset?)null), (again.Number, again.DecidedAt, again.Reason, again.CoolOffUntil));
        Assert.Null(again.LastAnswer);
    }

    private static HandoverSubject WorkflowSetMql(Episode? closed, DateTimeOffset at) =>
        Some.Subject(LifecycleStage.MarketingQualified, closed) with { WorkflowStageAt = at, ForeignStageAt = at, StageByAutomation = true };

    private static HandoverSubject PersonSetMql(Episode? closed, DateTimeOffset at) =>
        Some.Subject(LifecycleStage.MarketingQualified, closed) with { PersonStageAt = at, ForeignStageAt = at };

    private static HandoverStep? Next(HandoverSubject subject, LeadAssessment? assessment = null, HandoverPolicy? policy = null) =>
        Move(subject, assessment, policy).Step;

    private static HandoverMove Move(HandoverSubject subject, LeadAssessment? assessment = null, HandoverPolicy? policy = null) =>
        HandoverProcess.Next(subject, assessment ?? Some.Qualified, policy ?? Some.Policy, Now);
}
