using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>What is told of an effect that somebody crossed, and that stands in the record all the same.</summary>
public sealed class OverlapSettlingTests
{
    private static readonly DateTimeOffset Said = T0.AddHours(-3);

    private static readonly IntentRow Acceptance = Offer with
    {
        Body = Offer.Body with
        {
            FromStage = LifecycleStage.MarketingQualified, ToStage = LifecycleStage.SalesAccepted, Actor = "person:7",
            Episode = Offer.Body.Episode! with { State = HandoverState.Accepted, DecidedAt = Said },
        },
    };

    [Fact]
    public void An_acceptance_that_stands_is_told_as_of_when_sales_said_it()
    {
        var settled = Settle(Acceptance, Offer.Body.Episode, WriteOutcome.Applied);

        Assert.Equal((AuditKind.Conflict, IntentState.Conflict), (settled.Audit!.Kind, settled.Intent.State));
        Assert.Equal(
            (AuditKind.Observed, null, "SalesAccepted", "Accepted", Said, "person:7"),
            (settled.Standing!.Kind, settled.Standing.TransitionId, settled.Standing.ToStage, settled.Standing.HandoverState, settled.Standing.At, settled.Standing.Actor));
    }

    [Fact]
    public void A_later_step_of_what_was_accepted_before_is_told_as_of_then() =>
        Assert.Equal(T0, Settle(Acceptance, Acceptance.Body.Episode, WriteOutcome.Applied).Standing!.At);

    [Fact]
    public void Fields_that_were_taken_stand_beside_a_stage_that_was_not()
    {
        var settled = Settle(Acceptance, Offer.Body.Episode, WriteOutcome.Unchanged);

        Assert.Equal(
            ("MarketingQualified", "MarketingQualified", "Accepted", Said),
            (settled.Standing!.FromStage, settled.Standing.ToStage, settled.Standing.HandoverState, settled.Standing.At));
        Assert.Equal(HandoverState.Accepted, settled.Lead!.Episode!.State);
    }

    [Fact]
    public void What_the_CRM_did_not_take_does_not_stand() => Assert.Null(Settle(Acceptance, Offer.Body.Episode, WriteOutcome.Refused).Standing);

    [Fact]
    public void What_an_answer_crossed_does_not_stand_before_that_is_read() =>
        Assert.Null(OverlapSettling.Of(Offer, Storage.Some.Lead(Lead), new("somebody answered", true), WriteOutcome.Applied, T0.AddSeconds(3)).Standing);

    [Fact]
    public async Task It_is_kept_behind_the_conflict()
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Holds(Lead, "lead", null, null, new("lead", T0.AddMinutes(-2), new(ChangeActorKind.Person, "7")), new("sal", T0.AddSeconds(1), new(ChangeActorKind.Person, "7")), new("mql", T0.AddSeconds(2), new(ChangeActorKind.Integration)));

        await bench.WriteAsync();

        Assert.Equal("Conflict, Observed", bench.Ends());
    }

    private static Settlement Settle(IntentRow intent, Episode? before, WriteOutcome outcome) =>
        OverlapSettling.Of(intent, Storage.Some.Lead(Lead) with { Episode = before }, new("person:8 set the stage", false, Taken: new("sql", T0, "8")), outcome, T0.AddSeconds(3));
}
