using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// One lead of a CSV. <paramref name="Name"/>: its id, or the line where it begins. <paramref name="At"/>: the instant of judgement.
/// <paramref name="Won"/>: what became of it; null if the file does not say.
/// </summary>
internal sealed record LeadRow(string Name, DateTimeOffset At, LeadFacts Facts, bool? Won);

/// <summary>Rows that could not be read: all are counted, the first are named.</summary>
internal sealed class BadRows
{
    private const int Named = 20;
    private readonly List<BadRow> _first = [];

    internal long Count { get; private set; }

    /// <summary>Rows that name a lead which a row before them has named: they are judged too.</summary>
    internal long Twice { get; set; }

    internal IReadOnlyList<BadRow> First => _first;

    internal void Add(long line, string? column, string message)
    {
        Count++;
        if (_first.Count < Named)
            _first.Add(new(line, column, message));
    }
}

/// <summary>A row that was left out, and why; never with what it held.</summary>
internal sealed record BadRow(long Line, string? Column, string Message);
