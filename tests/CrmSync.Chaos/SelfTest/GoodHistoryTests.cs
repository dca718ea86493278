using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A history in which nothing went wrong.</summary>
public sealed class GoodHistoryTests(GoodHistory good) : IClassFixture<GoodHistory>
{
    public static TheoryData<string> MadeRight => [.. BreaksOfWords.MadeRight.Keys];

    [Fact]
    public void A_good_history_breaks_no_promise() =>
        Assert.Empty(HistoryChecker.Check(good.History).Select(v => v.ToString()));

    /// <summary>Another program was first, twice: what the token's follower gets ends what was refused before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusals_of_a_token_that_was_spent_are_no_storm_once_its_follower_was_let_in(bool isLetIn)
    {
        var refused = BreaksOfManners.RefusedGrant;
        var history = good.History.Append(refused, refused, isLetIn ? refused with { Status = 200, Reply = "sent" } : refused, refused, refused);

        Assert.Equal(!isLetIn, HistoryChecker.Check(history).Any(v => v.Invariant == "no-refresh-storm"));
    }

    /// <summary>A poll had told of the change, and that row has left the inbox.</summary>
    [Theory]
    [InlineData(9, false)]
    [InlineData(7, true)]
    public void A_webhook_of_a_change_that_is_older_than_the_inbox_may_have_left_it(int days, bool isFlagged)
    {
        var last = good.History.Log[^1].At;
        var late = new LogLine { Kind = "webhook", Status = 200, Events = ["77777"], About = new(CrmFields.People, good.History.IdOf("lea"), "change", last.AddDays(-days), "person:rep-1") };

        Assert.Equal(isFlagged, HistoryChecker.Check(good.History.Append(late)).Any(v => v.Invariant == "webhooks-kept"));
    }

    /// <summary>Somebody said so before: in a record with history the answer's own line tells who.</summary>
    [Theory]
    [InlineData(true, "unknown", false)]
    [InlineData(true, "crmsync", true)]
    [InlineData(false, "unknown", true)]
    [InlineData(false, "person:7", false)]
    public void A_move_that_somebody_asked_for_is_no_quarrel_with_ourselves(bool isUndated, string actor, bool isFlagged)
    {
        var (h, row) = (good.History, good.History.Applied("anna", "Accepted"));
        var (id, line) = (h.IdOf("anna"), h.LineOf(row));
        var to = line.Effects.First(c => c.Id == id && c.Field == CrmFields.Stage).After;
        const string From = "marketingqualifiedlead";
        var asked = h.WithRow(h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == row.TransitionId), r => r with { Actor = actor });
        asked = asked with { Facts = h.Facts with { WithoutHistory = isUndated ? new HashSet<string> { CrmFields.People } : [] } };
        var marked = Our(CrmFields.People, id, CrmFields.Marker, null, line.Effects.First(c => c.Id == id && c.Field == CrmFields.Marker).After);
        var history = asked.After(line, Ours(Our(CrmFields.People, id, CrmFields.Stage, to, From)), Ours(Our(CrmFields.People, id, CrmFields.Stage, From, to), marked), Ours(Our(CrmFields.People, id, CrmFields.Stage, to, From)));

        Assert.Equal(isFlagged, HistoryChecker.Check(history).Any(v => v.Invariant == "no-flapping"));
    }

    [Theory]
    [MemberData(nameof(MadeRight))]
    public void What_slipped_in_between_and_was_made_right_is_not_flagged(string name) =>
        Assert.DoesNotContain(HistoryChecker.Check(BreaksOfWords.MadeRight[name](good.History)), v => v.Invariant == "people-win");
}
