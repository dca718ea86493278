using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Which merges the last step of a lost store had known of, and how long what it ended rests.</summary>
public sealed class LostStepsTests
{
    private static readonly DateTimeOffset Step = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>What the backup knows: rejected eight days before.</summary>
    private static readonly Episode Known = new()
    {
        Number = 1, State = HandoverState.Rejected, OpenedAt = Step.AddDays(-9), DecidedAt = Step.AddDays(-8), EndedAt = Step.AddDays(-8), CoolOffUntil = Step.AddDays(2),
        Reason = RejectionReason.NoNeed, LastAnswer = "reject_no_need",
    };

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_merge_before_the_step_is_within_it(int minutes, bool isWithin)
    {
        var crm = Crm("waiting") with { MarkerSince = Step, FormerSince = new Dictionary<string, DateTimeOffset> { ["b"] = Step.AddMinutes(minutes) } };
        Assert.Equal(isWithin, LostSteps.TakenOver(crm, Merged(HandoverState.AwaitingDecision)).ContainsKey("b"));
    }

    [Fact]
    public void Of_two_merges_each_has_its_own_date()
    {
        var crm = Crm("returned", "b", "c") with { MarkerSince = Step, FormerSince = new Dictionary<string, DateTimeOffset> { ["b"] = Step.AddHours(-1), ["c"] = Step.AddHours(1) } };
        Assert.Equal(["b"], LostSteps.TakenOver(crm, Merged(HandoverState.AwaitingDecision, "b", "c")).Keys);
    }

    [Theory]
    [InlineData("rejected", HandoverState.AwaitingDecision, true)]
    [InlineData("returned", HandoverState.Held, true)]
    [InlineData("rejected", HandoverState.Accepted, false)]
    [InlineData("waiting", HandoverState.AwaitingDecision, false)]
    [InlineData(null, HandoverState.AwaitingDecision, false)]
    public void Where_nobody_dates_it_an_answered_step_is_the_later_and_no_acceptance_is_lost(string? shown, HandoverState brought, bool isWithin) =>
        Assert.Equal(isWithin, LostSteps.TakenOver(Crm(shown), Merged(brought)).ContainsKey("b"));

    [Theory]
    [InlineData("rejected", "reject_bad_timing", 30)]
    [InlineData("rejected", "reject_no_need", 10)]
    [InlineData("rejected", null, 10)]
    [InlineData("expired", null, 10)]
    [InlineData("recycled", "accept", 10)]
    public void What_ended_rests_from_when_the_record_was_written(string state, string? answer, int days)
    {
        var learnt = Learn(null, Record(state, answer) with { ModifiedAt = Step });
        Assert.Equal((Step, Step.AddDays(days)), (learnt.EndedAt, learnt.CoolOffUntil));
    }

    [Theory]
    [InlineData("disqualified", "reject_never_relevant", true)]
    [InlineData("superseded", null, false)]
    public void What_is_never_relevant_rests_for_good_and_what_nobody_answered_does_not(string state, string? answer, bool isForGood) =>
        Assert.Equal(isForGood ? DateTimeOffset.MaxValue : null, Learn(null, Record(state, answer) with { ModifiedAt = Step }).CoolOffUntil);

    [Fact]
    public void A_dated_step_counts_and_not_what_was_changed_behind_it() =>
        Assert.Equal(Step.AddDays(30), Learn(null, Record("rejected", "reject_bad_timing") with { MarkerSince = Step, ModifiedAt = Step.AddHours(3) }).CoolOffUntil);

    [Fact]
    public void A_rejection_that_was_given_once_more_rests_from_the_later_one()
    {
        var learnt = Learn(Known, Record("rejected", "reject_bad_timing") with { ModifiedAt = Step });
        Assert.Equal((RejectionReason.BadTiming, Step, Step.AddDays(30)), (learnt.Reason, learnt.SettledAt, learnt.CoolOffUntil));
        Assert.Equal(DateTimeOffset.MaxValue, Learn(Known with { CoolOffUntil = DateTimeOffset.MaxValue }, Record("rejected", "reject_bad_timing") with { ModifiedAt = Step }).CoolOffUntil);
    }

    [Theory]
    [InlineData("reject_no_need")]
    [InlineData("accept")]
    [InlineData(null)]
    public void Words_beside_an_answer_and_a_newer_answer_are_no_second_round(string? stands)
    {
        Assert.Equal(Known, Learn(Known, Record("rejected", stands) with { ModifiedAt = Step }));
    }

    [Fact]
    public void A_dated_answer_given_alike_once_more_rests_from_that()
    {
        var learnt = Learn(Known, Record("rejected", "reject_no_need", Step.AddHours(-2)) with { MarkerSince = Step });
        Assert.Equal((Step.AddHours(-2), Step.AddHours(-2).AddDays(10)), (learnt.DecidedAt, learnt.CoolOffUntil));
    }

    [Theory]
    [InlineData("rejected", "reject_bad_timing", -120)]
    [InlineData("recycled", "accept", 0)]
    [InlineData("expired", "return", 0)]
    public void A_rest_counts_from_the_answer_that_led_to_it(string state, string answer, int minutes)
    {
        var (dated, given) = (Step.AddMinutes(minutes), Step.AddHours(-2));
        Assert.Equal(dated, Learn(null, Record(state, answer, given) with { MarkerSince = Step }).EndedAt);
        Assert.Equal(dated, Learn(null, Record(state, answer, given) with { ModifiedAt = Step }).EndedAt);
    }

    [Fact]
    public void What_nobody_dates_at_all_rests_from_now() => Assert.Equal(Step.AddDays(11), Learn(null, Record("rejected", "reject_no_need")).CoolOffUntil);

    private static Episode Learn(Episode? known, CrmLead crm) =>
        LostSteps.Learn(Merged(HandoverState.Rejected)["b"] with { Episode = known }, crm, new(BadTimingDays: 30, OtherDays: 10), [], Step.AddDays(1)).Episode!;

    private static CrmLead Record(string state, string? answer, DateTimeOffset? given = null)
    {
        var fields = new Dictionary<string, string> { [HandoverFields.Handover] = state, [HandoverFields.Marker] = "v1.store.key-b.1" };
        if (answer is not null)
            fields[HandoverFields.Decision] = answer;
        return Crm(null) with { Fields = fields, AnswerHistory = given is { } at ? [new(answer, at, new(ChangeActorKind.Person, "7"))] : null };
    }

    private static CrmLead Crm(string? handover, params string[] former) => new()
    {
        Ref = new("main", "a"), ObjectKind = "contact", FormerIds = former.Length > 0 ? former : ["b"],
        Fields = handover is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [HandoverFields.Handover] = handover },
    };

    private static Dictionary<string, LeadRecord> Merged(HandoverState state, params string[] ids) => (ids.Length > 0 ? ids : ["b"]).ToDictionary(id => id, id => new LeadRecord
    {
        LeadKey = $"key-{id}", Connection = "main", ObjectKind = "contact", LeadId = id, Episode = new() { Number = 1, State = state, OpenedAt = Step.AddDays(-1) }, Memory = new() { Salt = "s" },
    });
}
