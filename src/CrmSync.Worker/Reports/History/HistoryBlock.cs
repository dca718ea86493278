using System.Buffers;

namespace CrmSync.Worker.Reports.History;

/// <summary>Rows that were read together, with numbers for their names that are their own. The room for them is lent.</summary>
internal sealed class HistoryBlock : IDisposable
{
    private const int First = 1 << 15;
    private HistoryEntry[] _rows = ArrayPool<HistoryEntry>.Shared.Rent(First);

    public int Count { get; private set; }

    /// <summary>They can be changed.</summary>
    public Span<HistoryEntry> Rows => _rows.AsSpan(0, Count);

    /// <summary>What was left out of it.</summary>
    public HistoryProblems Problems { get; } = new();

    public bool IsEmpty => Count == 0 && Problems.Count == 0;

    public HistoryNames Sources { get; } = new();
    public HistoryNames Owners { get; } = new();
    public HistoryNames Connections { get; } = new();

    /// <summary>Room for one more row, to be filled.</summary>
    public ref HistoryEntry Next()
    {
        if (Count == _rows.Length)
        {
            var larger = ArrayPool<HistoryEntry>.Shared.Rent(Count * 2);
            Rows.CopyTo(larger);
            ArrayPool<HistoryEntry>.Shared.Return(_rows);
            _rows = larger;
        }
        return ref _rows[Count++];
    }

    public void Dispose()
    {
        ArrayPool<HistoryEntry>.Shared.Return(_rows);
        (_rows, Count) = ([], 0);
    }
}
