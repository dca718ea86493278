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
        var (witness, ends) = (new AnchorWitness(anchors ?? []), new TransitionEnds());
        var (count, sequence, hash) = (0L, 0L, AuditChain.Start);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if ((CheckLink(row, sequence, hash) ?? witness.Check(row) ?? ends.Check(row)) is { } fault)
                return new(count, sequence, hash, fault);
            (count, sequence, hash) = (count + 1, row.Sequence, row.Hash);
        }
        var end = witness.CheckEnd(sequence);
        return new(count, sequence, hash, end) { AnchorsAgreed = witness.Agreed, Restore = witness.Restore };
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
}
