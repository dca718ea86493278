namespace CrmSync.Worker.Audit;

/// <summary>What is wrong with an audit row.</summary>
internal enum AuditFaultKind
{
    /// <summary>A text of the row is not what was hashed.</summary>
    Changed,

    /// <summary>Rows before this one are missing.</summary>
    Removed,

    /// <summary>The row was put in after the fact.</summary>
    Inserted,

    /// <summary>The row does not follow the one before it.</summary>
    Reordered,

    /// <summary>The chain ends before an anchor.</summary>
    Cut,

    /// <summary>The chain is whole in itself, but not the one that an anchor saw.</summary>
    Rewritten,

    /// <summary>A transition ends twice.</summary>
    EndsTwice,

    /// <summary>A row ends a transition that was never decided, or that of another lead.</summary>
    EndsNothing,

    /// <summary>What a row stands on is not what was hashed.</summary>
    EvidenceChanged,
}

/// <summary>The first row that is wrong, and what is wrong with it.</summary>
internal sealed record AuditFault(long Sequence, AuditFaultKind Kind, string Message);

/// <summary>The outcome of a verification: rows read, the last good head, and the first fault if there is one.</summary>
internal sealed record AuditVerdict(long Rows, long HeadSequence, string HeadHash, AuditFault? Fault)
{
    public bool IsWhole => Fault is null;

    /// <summary>So many anchors are of rows that are here.</summary>
    public int AnchorsAgreed { get; init; }

    /// <summary>What the audit says of an older store that was put back; null: nothing.</summary>
    public AuditRestore? Restore { get; init; }
}

/// <summary>The row by which the audit says of itself that an older store was put back, and how many anchors of before know rows that are not in it.</summary>
internal sealed record AuditRestore(long Sequence, string At, int AnchorsLost);
