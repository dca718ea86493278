using CrmSync.Tests.Storage;
using CrmSync.Worker.Audit;

namespace CrmSync.Tests.Audit;

public sealed class AuditVerifierTests
{
    private readonly List<AuditRow> _rows = Chains.Of([.. Enumerable.Range(0, 10).Select(_ => (1, 0))]);

    [Fact]
    public void Takes_a_chain_that_was_left_alone() =>
        Assert.Equal(new(20, 20, _rows[^1].Hash, null) { AnchorsAgreed = 2 }, Chains.Verify(_rows, AnchorAt(7), AnchorAt(20)));

    [Fact]
    public void Takes_an_empty_chain() => Assert.Equal(new(0, 0, AuditChain.Start, null), Chains.Verify([]));

    [Fact]
    public void Finds_a_text_that_was_changed()
    {
        _rows[4] = _rows[4] with { ToStage = "Customer" };
        AssertFault(5, AuditFaultKind.Changed);
    }

    [Fact]
    public void Finds_a_text_that_was_emptied()
    {
        _rows[4] = _rows[4] with { EvidenceHash = null };
        AssertFault(5, AuditFaultKind.Changed);
    }

    [Fact]
    public void Finds_a_changed_row_that_was_hashed_anew()
    {
        var changed = _rows[4] with { Actor = "person:7" };
        _rows[4] = changed with { Hash = AuditChain.HashOf(changed) };
        AssertFault(6, AuditFaultKind.Inserted);
    }

    [Fact]
    public void Finds_that_a_row_was_removed()
    {
        _rows.RemoveAt(4);
        AssertFault(6, AuditFaultKind.Removed);
    }

    [Fact]
    public void Finds_that_the_first_row_was_removed()
    {
        _rows.RemoveAt(0);
        AssertFault(2, AuditFaultKind.Removed);
    }

    [Fact]
    public void Finds_that_a_row_was_removed_and_the_rest_renumbered()
    {
        _rows.RemoveAt(4);
        for (var i = 4; i < _rows.Count; i++) _rows[i] = _rows[i] with { Sequence = i + 1 };
        AssertFault(5, AuditFaultKind.Changed);
    }

    [Fact]
    public void Finds_that_a_row_was_inserted()
    {
        var inserted = AuditChain.Link(Some.Observed("key-z"), 4, _rows[3].Hash);
        _rows.Insert(4, inserted);
        AssertFault(5, AuditFaultKind.Reordered);
    }

    [Fact]
    public void Finds_that_a_row_was_inserted_and_the_rest_renumbered()
    {
        _rows.Insert(4, AuditChain.Link(Some.Observed("key-z"), 4, _rows[3].Hash));
        for (var i = 5; i < _rows.Count; i++) _rows[i] = _rows[i] with { Sequence = i + 1 };
        AssertFault(6, AuditFaultKind.Changed);
    }

    [Fact]
    public void Finds_that_two_rows_changed_places()
    {
        (_rows[4], _rows[5]) = (_rows[5] with { Sequence = 5 }, _rows[4] with { Sequence = 6 });
        AssertFault(5, AuditFaultKind.Changed);
    }

    [Fact]
    public void Finds_by_an_anchor_that_the_tail_was_cut()
    {
        var anchor = AnchorAt(20);
        _rows.RemoveRange(15, 5);
        Assert.True(Chains.Verify(_rows).IsWhole);
        AssertFault(15, AuditFaultKind.Cut, anchor);
    }

    [Fact]
    public void Finds_by_an_anchor_that_the_whole_chain_was_computed_anew()
    {
        var anchor = AnchorAt(20);
        var forged = Chains.Of([.. Enumerable.Range(0, 12).Select(_ => (1, 1))]);
        Assert.True(Chains.Verify(forged).IsWhole);
        Assert.Equal(AuditFaultKind.Rewritten, Chains.Verify(forged, anchor).Fault?.Kind);
    }

    [Fact]
    public void Finds_a_transition_that_ends_twice() => Assert.Equal(
        AuditFaultKind.EndsTwice,
        Chains.Verify(Chains.Of([Some.Decided("t", "k"), Some.Applied("t", "k"), Some.Applied("t", "k") with { Kind = AuditKind.Conflict }])).Fault?.Kind);

    [Fact]
    public void Finds_an_end_without_a_decision() => Assert.Equal(
        AuditFaultKind.EndsNothing, Chains.Verify(Chains.Of([Some.Decided("t", "k"), Some.Applied("other", "k")])).Fault?.Kind);

    [Fact]
    public void Finds_an_end_of_another_leads_transition() => Assert.Equal(
        AuditFaultKind.EndsNothing, Chains.Verify(Chains.Of([Some.Decided("t", "k"), Some.Applied("t", "other")])).Fault?.Kind);

    [Theory]
    [InlineData("2026-01-06T08:00:00.000Z")]
    [InlineData("9999-12-31T00:00:00.000Z")]
    public void Tells_how_many_anchors_of_before_a_restore_know_other_rows(string at)
    {
        Anchor[] before = [AnchorAt(7), AnchorAt(18), AnchorAt(20)];
        _rows.RemoveRange(15, 5);
        Restore(at);

        var verdict = Chains.Verify(_rows, before);

        Assert.True(verdict.IsWhole);
        Assert.Equal((1, new AuditRestore(16, at, 2)), (verdict.AnchorsAgreed, verdict.Restore));
    }

    [Theory]
    [InlineData(21)] // a row that was written anew
    [InlineData(30)] // one that was cut
    public void Believes_no_restore_against_an_anchor_that_was_written_after_one_which_knows_of_it(int sequence)
    {
        Restore("9999-12-31T00:00:00.000Z");

        Assert.True(Chains.Verify(_rows, new Anchor("2026-01-05T08:00:00.000Z", 30, "other"), AnchorAt(21)).IsWhole);
        Assert.Equal(AuditFaultKind.Rewritten, Chains.Verify(_rows, AnchorAt(21), new("2026-01-05T09:00:00.000Z", sequence, "other")).Fault?.Kind);
    }

    private void Restore(string at) => _rows.Add(AuditChain.Link(
        new(AuditKind.Restored, null, null, null, null, null, null, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), "crmsync", null, null), _rows.Count, _rows[^1].Hash));

    private Anchor AnchorAt(int sequence) => new("2026-01-05T08:00:00.000Z", sequence, _rows[sequence - 1].Hash);

    private void AssertFault(long sequence, AuditFaultKind kind, params Anchor[] anchors)
    {
        var fault = Chains.Verify(_rows, anchors).Fault;
        Assert.Equal((sequence, kind), (fault?.Sequence, fault?.Kind));
    }
}
