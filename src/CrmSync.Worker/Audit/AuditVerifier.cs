namespace CrmSync.Worker.Audit;

/// <summary>
/// Reads the chain once, in order, and stops at the first row that is wrong. A tail that was cut off, or a chain that was
/// computed anew as a whole, shows only against anchors. Where a restore was noticed, the audit says itself that the anchors of
/// before it may know rows that are lost.
/// </summary>
internal static class AuditVerifier
{
    public static async Task<AuditVerdict> VerifyAsync(
        IAsyncEnumerable<AuditRow> rows, IReadOnlyList<Anchor>? anchors = null, CancellationToken cancellationToken = default)
    {
        var expected = (anchors ?? []).ToLookup(anchor => anchor.Sequence);
        var ends = new TransitionEnds();
        var (count, sequence, hash, restoredAt) = (0L, 0L, AuditChain.Start, "");
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (row.Kind == nameof(AuditKind.Restored))
                restoredAt = row.At ?? restoredAt;
            var fault = CheckLink(row, sequence, hash) ?? CheckAnchors(row, Since(expected[row.Sequence], restoredAt)) ?? ends.Check(row);
            if (fault is not null) return new(count, sequence, hash, fault);
            (count, sequence, hash) = (count + 1, row.Sequence, row.Hash);
        }
        return new(count, sequence, hash, CheckTail(sequence, Since(anchors ?? [], restoredAt)));
    }

    private static AuditFault? CheckLink(AuditRow row, long sequence, string hash)
    {
        if (row.Sequence <= sequence)
            return new(row.Sequence, AuditFaultKind.Reordered, $"row {row.Sequence} comes after row {sequence}");
        if (row.Hash != AuditChain.HashOf(row))
            return new(row.Sequence, AuditFaultKind.Changed, $"row {row.Sequence} is not what was hashed");
        if (row.Sequence > sequence + 1)
            return new(row.Sequence, AuditFaultKind.Removed, $"rows {sequence + 1} to {row.Sequence - 1} are missing");
        return row.PreviousHash == hash
            ? null
            : new(row.Sequence, AuditFaultKind.Inserted, $"row {row.Sequence} was not written behind the row {sequence} that is here");
    }

    private static AuditFault? CheckAnchors(AuditRow row, IEnumerable<Anchor> anchors) =>
        anchors.FirstOrDefault(anchor => anchor.Hash != row.Hash) is { } other
            ? new(row.Sequence, AuditFaultKind.Rewritten, $"row {row.Sequence} is not the one that was anchored at {other.At}")
            : null;

    // Texts of instants are in the order of time.
    private static IEnumerable<Anchor> Since(IEnumerable<Anchor> anchors, string restoredAt) =>
        anchors.Where(anchor => string.CompareOrdinal(anchor.At, restoredAt) > 0);

    private static AuditFault? CheckTail(long sequence, IEnumerable<Anchor> anchors) =>
        anchors.MaxBy(anchor => anchor.Sequence) is { } last && last.Sequence > sequence
            ? new(sequence, AuditFaultKind.Cut, $"the chain ends with row {sequence}; row {last.Sequence} was anchored at {last.At}")
            : null;
}
