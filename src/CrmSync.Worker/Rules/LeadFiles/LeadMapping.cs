using System.Text;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>What a column tells of its fact.</summary>
internal enum ColumnUse
{
    /// <summary>The value itself.</summary>
    Value,

    /// <summary>When an act was last done.</summary>
    LastAt,

    /// <summary>How often an act was done within <see cref="MappedColumn.Period"/> before the judgement.</summary>
    Count,

    /// <summary>How often an act was ever done.</summary>
    Total,
}

/// <summary>
/// A column of a CSV and the fact it tells of. <paramref name="Values"/>: what its values mean, by their own spelling (case aside).
/// <paramref name="EmptyIsNever"/>: an empty cell says that the act was never done; otherwise nothing is known.
/// </summary>
internal sealed record MappedColumn(
    string Header, FactDefinition Fact, ColumnUse Use, TimeSpan Period, IReadOnlyDictionary<string, string> Values, bool EmptyIsNever, int Line, int ColumnInFile);

/// <summary>The column that says what became of a lead. A word in neither list is no outcome: the lead is still open.</summary>
internal sealed record OutcomeColumn(string? Header, IReadOnlySet<string> Won, IReadOnlySet<string> Lost);

/// <summary>How a CSV of leads is to be read.</summary>
internal sealed record LeadMapping
{
    internal required string File { get; init; }
    internal required IReadOnlyList<MappedColumn> Columns { get; init; }
    internal required char Delimiter { get; init; }
    internal required Encoding Encoding { get; init; }

    /// <summary>The decimal sign: a comma or a point; the other one may group thousands.</summary>
    internal required char Decimal { get; init; }

    /// <summary>What parts the choices within a cell.</summary>
    internal required string Lists { get; init; }

    internal required InstantReader Instants { get; init; }

    /// <summary>The column that names a lead; null: its line does.</summary>
    internal string? Id { get; init; }

    /// <summary>The column with the instant of judgement.</summary>
    internal string? JudgedAt { get; init; }

    /// <summary>The instant of judgement where no column tells.</summary>
    internal DateTimeOffset? At { get; init; }

    /// <summary>Acts that no column tells of were never done; otherwise nothing is known of them.</summary>
    internal bool UnmappedIsNever { get; init; }

    internal required OutcomeColumn Outcome { get; init; }

    /// <summary>Facts of acts that are counted in a column while none tells of the latest: they count as done when judged, and do not fade.</summary>
    internal IEnumerable<string> Undated => Columns.Where(column => column.Use == ColumnUse.Count).Select(column => column.Fact.Name)
        .Except(Columns.Where(column => column.Use == ColumnUse.LastAt).Select(column => column.Fact.Name));
}
