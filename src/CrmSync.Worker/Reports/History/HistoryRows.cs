namespace CrmSync.Worker.Reports.History;

/// <summary>Gathers the rows of all blocks for sorting, with one number for each name.</summary>
internal sealed class HistoryRows(HistorySorter sorter, HistoryProblems problems)
{
    private long _latest = long.MinValue;

    public HistoryNames Sources { get; } = new(100_000);
    public HistoryNames Owners { get; } = new(100_000);
    public HistoryNames Connections { get; } = new(1_000);
    public long Count { get; private set; }

    /// <summary>The line of the last row that was taken; 1: only the header was read.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The latest instant of the rows; null: there is none.</summary>
    public DateTimeOffset? Latest => Count == 0 ? null : new DateTimeOffset(_latest, TimeSpan.Zero);

    /// <summary>Takes the rows of a block, which is of no use afterwards.</summary>
    /// <exception cref="IOException">There is no room to sort them.</exception>
    public void Take(HistoryBlock block)
    {
        problems.Add(block.Problems);
        var (sources, owners, connections) = (Sources.NumbersOf(block.Sources), Owners.NumbersOf(block.Owners), Connections.NumbersOf(block.Connections));
        foreach (ref var row in block.Rows)
        {
            Line = row.Line;
            (row.Source, row.Owner, row.Connection) = (Number(sources, row.Source), Number(owners, row.Owner), Number(connections, row.Connection));
            if (Overflown(row) is { } column)
            {
                problems.Add(row.Line, column, "The column has too many different values to split by.");
                continue;
            }
            sorter.Add(row);
            _latest = Math.Max(_latest, row.Ticks);
            Count++;
        }
    }

    /// <summary>Call it when all were taken.</summary>
    /// <exception cref="IOException">There is no room to sort them.</exception>
    public void Complete() => sorter.Complete();

    private static string? Overflown(in HistoryEntry entry) =>
        entry.Source == HistoryNames.TooMany ? "source" : entry.Owner == HistoryNames.TooMany ? "owner" : entry.Connection == HistoryNames.TooMany ? "connection" : null;

    private static int Number(int[] numbers, int ofBlock) => ofBlock < 0 ? ofBlock : numbers[ofBlock];
}
