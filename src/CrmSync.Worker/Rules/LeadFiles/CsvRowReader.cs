using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Turns one row of a CSV into a lead.</summary>
internal sealed class CsvRowReader(LeadMapping mapping, CsvHeader header, FactCatalogue catalogue, DateTimeOffset otherwise)
{
    private const char NotDecoded = '\uFFFD';
    private static readonly FactValue Never = FactValue.Of(new Engagement { CompleteSince = DateTimeOffset.MinValue });
    private readonly CellValues _values = new(mapping);

    private readonly IReadOnlyList<string> _never = !mapping.UnmappedIsNever
        ? []
        : [.. catalogue.Definitions.Where(fact => fact.Type == FactType.Engagement).Select(fact => fact.Name).Except(mapping.Columns.Select(column => column.Fact.Name))];

    /// <summary>A column names the leads.</summary>
    internal bool HasIds => header.Id >= 0;

    /// <summary>The lead, or null with the reason added.</summary>
    internal LeadRow? Read(CsvReader row, BadRows bad)
    {
        var (column, fault) = ((string?)null, row.Fault);
        if (fault is null && row.Cells != header.Cells)
            fault = $"The row has {row.Cells} cells, the header {header.Cells}.";
        var at = fault is null ? JudgedAt(row, ref column, ref fault) : default;
        var facts = fault is null ? Facts(row, at, ref column, ref fault) : null;
        if (facts is not null)
            return new(NameOf(row), at, facts, Won(row));
        bad.Add(row.Line, column, fault!);
        return null;
    }

    private LeadFacts? Facts(CsvReader row, DateTimeOffset at, ref string? wrong, ref string? fault)
    {
        var builder = new LeadFacts.Builder(catalogue);
        Dictionary<string, CellActs>? acts = null;
        for (var i = 0; i < mapping.Columns.Count; i++)
        {
            var column = mapping.Columns[i];
            var text = Text(row, header.Columns[i]);
            if (text.Contains(NotDecoded))
                (wrong, fault) = (column.Header, "The cell is not in the encoding of the mapping.");
            else if (column.Fact.Type == FactType.Engagement ? !ActsOf(column, ref acts).Add(column, text, _values, mapping.Instants) : !Set(builder, column, text))
                (wrong, fault) = (column.Header, $"Expected {(column.Use is ColumnUse.Count or ColumnUse.Total ? "a whole number, 0 or more" : _values.Expected(column.Fact.Type))}.");
            if (fault is not null)
                return null;
        }
        foreach (var (fact, told) in acts ?? [])
            builder.Set(fact, told.At(at));
        foreach (var fact in _never)
            builder.Set(fact, Never);
        return DerivedFacts.Fill(builder.Build());
    }

    private bool Set(LeadFacts.Builder builder, MappedColumn column, string text)
    {
        if (!_values.TryRead(column, text, out var value))
            return false;
        builder.Set(column.Fact.Name, value);
        return true;
    }

    private static CellActs ActsOf(MappedColumn column, ref Dictionary<string, CellActs>? acts)
    {
        acts ??= new(StringComparer.Ordinal);
        if (!acts.TryGetValue(column.Fact.Name, out var told))
            acts.Add(column.Fact.Name, told = new());
        return told;
    }

    private DateTimeOffset JudgedAt(CsvReader row, ref string? column, ref string? fault)
    {
        var text = header.JudgedAt < 0 ? "" : Text(row, header.JudgedAt);
        if (text.Length == 0 && (header.JudgedAt < 0 || mapping.At is not null))
            return mapping.At ?? otherwise;
        if (mapping.Instants.Parse(text) is { } at)
            return at;
        (column, fault) = (mapping.JudgedAt, $"Expected {InstantReader.Expected}.");
        return default;
    }

    private bool? Won(CsvReader row)
    {
        if (header.Outcome < 0)
            return null;
        var text = Text(row, header.Outcome);
        return mapping.Outcome.Won.Contains(text) ? true : mapping.Outcome.Lost.Contains(text) ? false : null;
    }

    private string NameOf(CsvReader row) => header.Id >= 0 && Text(row, header.Id) is { Length: > 0 } id
        ? id
        : $"line {row.Line.ToString(CultureInfo.InvariantCulture)}";

    private static string Text(CsvReader row, int cell) => row[cell].Trim().ToString();
}
