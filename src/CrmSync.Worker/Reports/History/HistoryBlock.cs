namespace CrmSync.Worker.Reports.History;

/// <summary>Rows that were read together, with numbers for their names that are their own.</summary>
internal sealed class HistoryBlock
{
    public List<HistoryEntry> Rows { get; } = [];

    /// <summary>What was left out of it.</summary>
    public HistoryProblems Problems { get; } = new();

    public bool IsEmpty => Rows.Count == 0 && Problems.Count == 0;

    public HistoryNames Sources { get; } = new();
    public HistoryNames Owners { get; } = new();
    public HistoryNames Connections { get; } = new();
}
