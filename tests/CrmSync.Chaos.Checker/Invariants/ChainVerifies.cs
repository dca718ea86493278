using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>The audit as an auditor checks it, by the description alone.</summary>
internal sealed class ChainVerifies : IInvariant
{
    public string Id => "chain-verifies";

    public string Promise => "The audit's rows are linked by their hashes without a gap from the first, and hold every head that was ever anchored.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (sequence, hash) = (0L, Hashes.Start);
        foreach (var row in history.Store.Audit)
        {
            if (row.Sequence != sequence + 1)
                yield return new(Id, $"row {row.Sequence} follows row {sequence}");
            if (row.PreviousHash != hash)
                yield return new(Id, $"row {row.Sequence} ({row.Kind} {row.TransitionId}) names another hash before it than row {sequence} has");
            if (row.Hash != Hashes.Of(row))
                yield return new(Id, $"row {row.Sequence} ({row.Kind} {row.TransitionId}) is not what was hashed");
            (sequence, hash) = (row.Sequence, row.Hash);
        }
        var putBack = history.Faults.Count(fault => fault.Name == RunHistory.PutBack);
        foreach (var row in history.Store.Audit.Where(row => row.Kind == "Restored").Skip(putBack))
            yield return new(Id, $"row {row.Sequence} says that an older store was put back, and nobody did that");
        var hashes = history.Store.Audit.ToLookup(row => row.Sequence, row => row.Hash);
        // Where the audit says itself that an older copy was restored, the anchors of before that may be of the lost branch.
        var restored = history.Store.Audit.LastOrDefault(row => row.Kind == "Restored")?.At ?? "";
        foreach (var anchor in history.Store.Anchors.Where(a => a.Sequence > 0 && string.CompareOrdinal(a.At, restored) > 0 && hashes[a.Sequence].FirstOrDefault() != a.Hash))
            yield return new(Id, anchor.Sequence > sequence
                ? $"the audit ends at row {sequence}, and row {anchor.Sequence} was anchored"
                : $"row {anchor.Sequence} is another one than was anchored");
    }
}
