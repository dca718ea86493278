using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Which tasks and notes go with what happens to an offer.</summary>
public sealed class ActivityPlanTests
{
    private static readonly DateTimeOffset Now = RuleSamples.Judged;
    private static readonly Episode Offer = new()
    {
        Number = 2, State = HandoverState.AwaitingDecision, OpenedAt = Now.AddHours(-2), OfferedAt = Now.AddHours(-2), DueAt = Now.AddDays(1),
    };
    private readonly ActivityPlan _plan = new(RuleSamples.Copenhagen);
    private readonly ConnectedCrm _connection = new FakeCrm().Connect();

    [Fact]
    public void An_offer_is_one_task_under_the_key_of_its_episode()
    {
        var task = Assert.Single(Step(null, Offer, StepActor.CrmSync)!);
        Assert.Equal(("task/key-a/2", ActivityKind.Task, false, "owner-7"), (task.Key, task.Kind, task.ChangesOnly, task.OwnerId));
        Assert.Equal((Offer.DueAt, false), (task.DueAt, task.Completed));
        Assert.StartsWith("Answer lead: ", task.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_closes_the_task_and_leaves_one_note_under_the_key_of_its_transition()
    {
        _connection.Users.Took([new("510001", true, "Mette Holm", "900"), new("900", true, "Somebody else")]);
        var activities = Step(Offer, Offer with { State = HandoverState.Accepted, DecidedAt = Now, LastAnswer = "accept" }, StepActor.Person, "900")!;
        Assert.Equal(["task/key-a/2", "note/t1"], activities.Select(a => a.Key));
        Assert.Equal((true, true, null), (activities[0].Completed, activities[0].ChangesOnly, activities[0].Title));
        Assert.StartsWith("Accepted by Mette Holm ", activities[1].Body, StringComparison.Ordinal);
        Assert.Equal(Now, activities[1].At);
    }

    [Theory]
    [InlineData(HandoverState.Superseded)]
    [InlineData(HandoverState.Withdrawn)]
    public void An_offer_that_ends_without_a_decision_closes_its_task_and_says_nothing(HandoverState state) =>
        Assert.Equal(["task/key-a/2"], Step(Offer, Offer with { State = state }, StepActor.CrmSync)!.Select(a => a.Key));

    [Fact]
    public void What_follows_acceptance_is_no_decision()
    {
        var accepted = Offer with { State = HandoverState.Accepted, DecidedAt = Now.AddDays(-3), LastAnswer = "accept" };
        Assert.Null(Step(accepted, accepted, StepActor.CrmSync));
        Assert.Null(Step(accepted, accepted with { Outcome = EpisodeOutcome.Won }, StepActor.CrmSync));
    }

    [Fact]
    public void A_lead_that_is_held_or_was_never_offered_has_no_task()
    {
        var held = Offer with { State = HandoverState.Held, OfferedAt = null, DueAt = null };
        Assert.Null(Step(null, held, StepActor.CrmSync));
        Assert.Empty(Step(held, held with { State = HandoverState.Withdrawn }, StepActor.CrmSync)!);
    }

    [Fact]
    public void A_reason_that_is_corrected_within_the_second_has_a_note_of_its_own()
    {
        var rejected = Offer with { State = HandoverState.Rejected, DecidedAt = Now, LastAnswer = "reject_bad_timing" };
        var activities = Step(rejected, rejected with { LastAnswer = "reject_no_need" }, StepActor.Person, "900")!;
        Assert.Equal("note/t1", activities[^1].Key);
        Assert.Contains("no need", activities[^1].Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_corrected_decision_has_a_note_of_its_own()
    {
        var accepted = Offer with { State = HandoverState.Accepted, DecidedAt = Now.AddHours(-1), LastAnswer = "accept" };
        var corrected = accepted with { State = HandoverState.Rejected, DecidedAt = Now, LastAnswer = "reject_no_need" };
        Assert.Contains("note/t1", Step(accepted, corrected, StepActor.Person)!.Select(a => a.Key));
    }

    [Theory]
    [InlineData(HandoverNotice.Reminder, "REMINDER: ")]
    [InlineData(HandoverNotice.Overdue, "OVERDUE: ")]
    [InlineData(HandoverNotice.Escalated, "ESCALATED: ")]
    [InlineData(HandoverNotice.AnswerIncomplete, "SAY WHY: ")]
    public void A_reminder_changes_the_task_and_makes_none(HandoverNotice notice, string prefix)
    {
        var change = Tell(notice);
        Assert.Equal(("task/key-a/2", true, true, null), (change.Key, change.ChangesOnly, change.Urgent, change.Completed));
        Assert.StartsWith(prefix + "Answer lead: ", change.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_closed_without_an_answer_is_opened_again()
    {
        var change = Tell(HandoverNotice.ReopenTask);
        Assert.Equal(("task/key-a/2", true, false), (change.Key, change.ChangesOnly, change.Completed));
    }

    [Fact]
    public void An_answer_without_an_offer_is_explained_in_a_note()
    {
        var note = Tell(HandoverNotice.NoOpenOffer);
        Assert.Equal(("note/n1", ActivityKind.Note), (note.Key, note.Kind));
        Assert.Contains("\"Accept: I will follow up\" changes nothing", note.Body, StringComparison.Ordinal);
    }

    private IReadOnlyList<LeadActivity>? Step(Episode? before, Episode after, StepActor actor, string? person = null)
    {
        var lead = Lead(before);
        return _plan.ForStep(_connection, Crm, lead, new(after, LifecycleStage.MarketingQualified, Now, actor, person), Judged(lead), "t1", Now);
    }

    private LeadActivity Tell(HandoverNotice notice) =>
        _plan.ForNotice(_connection, Crm, Lead(Offer), Offer, notice, Judged(Lead(Offer)), "n1", Now);

    private static LeadRecord Lead(Episode? episode) => Storage.Some.Lead("a") with { Episode = episode, Memory = new() { Salt = "0123" } };

    private static CrmLead Crm { get; } = new()
    {
        Ref = new("main", "a"),
        ObjectKind = "contact",
        OwnerId = "owner-7",
        Facts = RuleSamples.Offered().Build(),
        Fields = new Dictionary<string, string> { [HandoverFields.Decision] = "accept" },
    };

    private static Assessed Judged(LeadRecord lead) => new Assessor(RuleSource.Open(Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml")).Source!)
        .Assess(new(), lead, Crm.Facts!, null, Now);
}
