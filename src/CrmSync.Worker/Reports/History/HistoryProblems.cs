using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>Rows that were left out: all are counted, by reason too, and the first thousand are named.</summary>
internal sealed class HistoryProblems
{
    private const int Named = 1_000;
    private readonly List<BadRow> _first = [];
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    /// <summary>By line.</summary>
    public IReadOnlyList<BadRow> First => [.. _first.OrderBy(row => row.Line)];
    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    public void Add(long line, string? column, string message)
    {
        Count++;
        _reasons[message] = _reasons.GetValueOrDefault(message) + 1;
        if (_first.Count < Named)
            _first.Add(new(line, column, message));
    }

    /// <summary>Adds what another one lists.</summary>
    public void Add(HistoryProblems other)
    {
        Count += other.Count;
        foreach (var (reason, count) in other._reasons)
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + count;
        _first.AddRange(other._first.Take(Named - _first.Count));
    }
}
