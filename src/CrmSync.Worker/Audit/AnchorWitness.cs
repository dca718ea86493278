namespace CrmSync.Worker.Audit;

/// <summary>
/// Holds a chain against its anchors. Where the audit says of itself that an older store was put back, anchors of before may know rows
/// that are lost with the newer one: those do not agree and cannot, and nobody but whoever put it back knows that it was so. Any that
/// was written after one which knows that row is held against the chain as ever, whatever instant the row gives itself.
/// </summary>
internal sealed class AnchorWitness
{
    private readonly IReadOnlyList<Anchor> _anchors;
    private readonly ILookup<long, (Anchor Anchor, int Place)> _bySequence;
    private readonly List<(Anchor Anchor, int Place)> _lost = [];
    private AuditRow? _restored;
    private int _firstSince = int.MaxValue;

    /// <param name="anchors">In the order in which they were written; a second copy of one says nothing new.</param>
    public AnchorWitness(IReadOnlyList<Anchor> anchors)
    {
        _anchors = [.. anchors.Distinct()];
        _bySequence = _anchors.Select((anchor, place) => (anchor, place)).ToLookup(a => a.anchor.Sequence);
    }

    /// <summary>So many anchors are of rows that are here.</summary>
    public int Agreed { get; private set; }

    /// <summary>What the audit says of a restore, and how many anchors of before it know other rows; null: it says nothing.</summary>
    public AuditRestore? Restore => _restored is { } row ? new(row.Sequence, row.At ?? "", _lost.Count) : null;

    /// <summary>The next row of the chain.</summary>
    public AuditFault? Check(AuditRow row)
    {
        if (row.Kind == nameof(AuditKind.Restored))
            (_restored, _firstSince) = (row, int.MaxValue);
        foreach (var (anchor, place) in _bySequence[row.Sequence])
        {
            if (anchor.Hash != row.Hash && !IsOfBefore(anchor))
                return Rewritten(anchor);
            if (anchor.Hash != row.Hash)
                _lost.Add((anchor, place));
            else
                Agree(place);
        }
        return null;
    }

    /// <summary>The chain has ended with this row.</summary>
    public AuditFault? CheckEnd(long sequence)
    {
        var beyond = _anchors.Select((anchor, place) => (Anchor: anchor, Place: place)).Where(a => a.Anchor.Sequence > sequence).ToList();
        if (beyond.Where(a => !IsOfBefore(a.Anchor)).Select(a => a.Anchor).MaxBy(a => a.Sequence) is { } last)
            return new(sequence, AuditFaultKind.Cut, $"the chain ends with row {sequence}; row {last.Sequence} was anchored at {last.At}");
        _lost.AddRange(beyond);
        return _lost.Find(a => a.Place > _firstSince) is ({ } later, _) ? Rewritten(later) : null;
    }

    private void Agree(int place)
    {
        Agreed++;
        if (_restored is not null)
            _firstSince = Math.Min(_firstSince, place);
    }

    /// <summary>Texts of instants are in the order of time.</summary>
    private bool IsOfBefore(Anchor anchor) => _restored is not null && string.CompareOrdinal(anchor.At, _restored.At) <= 0;

    private static AuditFault Rewritten(Anchor anchor) =>
        new(anchor.Sequence, AuditFaultKind.Rewritten, $"row {anchor.Sequence} is not the one that was anchored at {anchor.At}");
}
