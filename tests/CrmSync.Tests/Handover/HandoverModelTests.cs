using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CsCheck;
using static CrmSync.Leads.Handover.HandoverState;

namespace CrmSync.Tests.Handover;

/// <summary>Random stories of one lead: whatever happens, and whenever, the hand-over keeps to its table.</summary>
public sealed class HandoverModelTests
{
    /// <summary>Part 1.1 of the domain: what may follow on what.</summary>
    private static readonly Dictionary<HandoverState, HandoverState[]> Table = new()
    {
        [Held] = [AwaitingDecision, Withdrawn],
        [AwaitingDecision] = [AwaitingDecision, Accepted, AcceptedBySilence, AcceptedByAction, Rejected, Returned, Disqualified, Expired, Superseded, Withdrawn],
        [Returned] = [AwaitingDecision, Expired],
        [Rejected] = [AwaitingDecision],
        [AcceptedBySilence] = [AcceptedBySilence, Accepted, Rejected, Recycled, Disqualified],
        [AcceptedByAction] = [AcceptedByAction, Accepted, Rejected, Recycled, Disqualified],
        [Accepted] = [Accepted, Recycled, Disqualified],
        [Disqualified] = [],
        [Expired] = [],
        [Superseded] = [],
        [Withdrawn] = [],
        [Recycled] = [],
    };

    private static readonly HandoverState[] Written = [Accepted, Rejected, Returned, Disqualified];

    private static readonly string[] Answers =
        [.. HandoverFields.All.Single(f => f.Name == HandoverFields.Decision).Options.Select(o => o.Value), "", "nonsense"];

    /// <summary>One turn: time passes, and the world is as it is.</summary>
    private sealed record Turn(int Hours, int Flags, int Answer, int AnswerAge, LifecycleStage? PersonSets);

    private static readonly Gen<Turn> GenTurn = Gen.Select(
        Gen.Frequency((6, Gen.Int[0, 48]), (1, Gen.Int[0, 24 * 200])), Gen.Int[0, 4095], Gen.Int[0, Answers.Length * 2], Gen.Int[-1, 72],
        Gen.Frequency((5, Gen.Const(() => (LifecycleStage?)null)), (1, Gen.Enum<LifecycleStage>().Select(s => (LifecycleStage?)s))),
        (hours, flags, answer, age, stage) => new Turn(hours, flags, answer, age, stage));

    [Fact]
    public void Never_leaves_the_table() => GenTurn.Array[1, 60].Sample(turns => Play(turns, (before, move, _, _) =>
    {
        if (move.Step is not { Episode: var after })
            return;
        if (before is null || after.Number != before.Number)
        {
            Assert.Equal((before?.Number ?? 0) + 1, after.Number);
            Assert.True(before is null || before.IsOver, $"{before?.State} was still open");
            Assert.Contains(after.State, after.SalesGenerated ? [Accepted] : new[] { AwaitingDecision, Held });
        }
        else if (!Table[before.State].Contains(after.State))
        {
            Assert.True(after.CorrectedFrom is not null && Written.Contains(before.State) && Written.Contains(after.State), $"{before.State} became {after.State}");
        }
    }), iter: 5000);

    [Fact]
    public void Accepts_only_what_a_person_answered_to_this_offer() => GenTurn.Array[1, 60].Sample(turns => Play(turns, (before, move, subject, _) =>
    {
        if (move.Step?.Episode.State != Accepted || before?.State == Accepted)
            return;
        Assert.Contains(subject.Answer!.Value, new[] { "accept", "take" });
        Assert.False(subject.Answer.ByAutomation);
        Assert.True(subject.Answer.At is null || before?.OfferedAt is null || subject.Answer.At >= before.OfferedAt);
    }), iter: 3000);

    [Fact]
    public void Moves_backwards_only_where_a_rejection_may() => GenTurn.Array[1, 60].Sample(turns => Play(turns, (_, move, subject, policy) =>
    {
        if (move.Step is { } step && step.ToStage < subject.Stage)
            Assert.True(step.Episode.State is Rejected or Disqualified && step.ToStage == policy.StageOnRejected);
    }), iter: 3000);

    [Fact]
    public void Comes_to_rest_at_once_when_nothing_changes() => GenTurn.Array[1, 40].Sample(turns => Play(turns, (_, move, subject, policy) =>
    {
        if (move.Step is not { } step)
            return;
        // The same world one pass later, the answer emptied by an offer: at most the work after acceptance goes on.
        var quiet = subject with { Episode = step.Episode, Stage = step.ToStage, Answer = step.IsOffer ? null : subject.Answer };
        var again = HandoverProcess.Next(quiet, new(), policy, step.At > Some.Now ? step.At.Value : Some.Now).Step;
        Assert.True(again is null || again.Episode.State is Superseded or Expired or Held or Withdrawn or Accepted, $"{step.Episode.State} became {again?.Episode.State} by itself");
    }), iter: 3000);

    [Fact]
    public void Never_looks_again_in_the_past() => GenTurn.Array[1, 40].Sample(turns =>
    {
        var now = Some.Now;
        var i = 0;
        Play(turns, (_, move, _, _) =>
        {
            now = now.AddHours(turns[i++].Hours);
            Assert.True(move.LookAgainAt is null || move.LookAgainAt > now || (move.Step is not null && move.LookAgainAt == now));
        });
    }, iter: 2000);

    private static void Play(Turn[] turns, Action<Episode?, HandoverMove, HandoverSubject, HandoverPolicy> look)
    {
        Episode? episode = null;
        var (stage, now) = (LifecycleStage.Lead, Some.Now);
        DateTimeOffset? foreignAt = null;
        var policy = Some.Policy with
        {
            StageOnRejected = turns[0].Flags % 2 == 0 ? null : LifecycleStage.Lead,
            Silence = (SilencePolicy)(turns[0].Flags / 2 % 5),
        };
        foreach (var turn in turns)
        {
            now = now.AddHours(turn.Hours);
            if (turn.PersonSets is { } set && set != stage)
                (stage, foreignAt) = (set, now);
            var subject = new HandoverSubject { Stage = stage, Episode = episode, ForeignStageAt = foreignAt, PersonStageAt = foreignAt, Answer = AnswerOf(turn, now) };
            var move = HandoverProcess.Next(subject, AssessmentOf(turn, now), policy, now);
            look(episode, move, subject, policy);
            (episode, stage) = (move.Episode, move.Step?.ToStage ?? stage);
        }
    }

    private static RepAnswer? AnswerOf(Turn turn, DateTimeOffset now) => turn.Answer >= Answers.Length
        ? null
        : new(Answers[turn.Answer], (turn.Flags & 1) == 0 ? null : "why", turn.AnswerAge < 0 ? null : now.AddHours(-turn.AnswerAge),
            (turn.Flags & 2) == 0 ? null : "rep-1", (turn.Flags & 12) == 12);

    private static LeadAssessment AssessmentOf(Turn turn, DateTimeOffset now) => new()
    {
        MarketingQualified = (turn.Flags & 48) != 0,
        MayBeOffered = (turn.Flags & 64) != 0,
        SalesQualified = (turn.Flags & 128) != 0,
        HandRaise = (turn.Flags & 256) != 0,
        Blocked = (turn.Flags & 1536) == 1536,
        LatestEvidenceAt = (turn.Flags & 2048) == 0 ? null : now.AddHours(-turn.AnswerAge),
        HandRaisedAt = (turn.Flags & 256) == 0 ? null : now,
        DealOpen = turn.Flags % 7 == 0,
        DealWon = turn.Flags % 13 == 0,
        DataChanged = turn.Flags % 3 == 0,
    };
}
