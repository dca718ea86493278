using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Reads <c>columns:</c>, from a column's header to a fact's name, or to <c>{ fact, values, count, as, empty }</c>. An act whose name
/// stands alone is the instant it was last done.
/// </summary>
internal sealed class ColumnsSection(MapReader file, IReadOnlyList<RuleSet> rules)
{
    private static readonly string[] Keys = ["fact", "values", "count", "as", "empty"];

    private readonly IReadOnlyList<string> _names =
        [.. rules.SelectMany(set => set.Catalogue.Definitions).Select(definition => definition.Name).Distinct(StringComparer.Ordinal)];

    private readonly ProblemList _problems = file.Problems;

    internal IReadOnlyList<MappedColumn> Read()
    {
        var columns = new List<MappedColumn>();
        if (file.Require("columns") is not { } node)
            return columns;
        if (node is not YamlMap { Entries.Count: > 0 } map)
        {
            _problems.Error(node, "'columns' must be a map.", "Write columns: { Industry: company.industry }.");
            return columns;
        }
        foreach (var (header, value) in map.Entries)
            if (Column(header, value) is { } column)
                Add(columns, column, header);
        return columns;
    }

    private void Add(List<MappedColumn> columns, MappedColumn column, YamlText header)
    {
        if (columns.Any(other => other.Fact.Name == column.Fact.Name && other.Use == column.Use))
            _problems.Error(header, $"Another column tells of '{column.Fact.Name}' already.", "Keep the better one.");
        else
            columns.Add(column);
    }

    private MappedColumn? Column(YamlText header, YamlNode value)
    {
        if (value is YamlText name)
            return Fact(name) is { } fact ? Of(header, fact, fact.Type == FactType.Engagement ? ColumnUse.LastAt : ColumnUse.Value) : null;
        if (value is YamlMap map)
            return Detailed(header, new MapReader(map, _problems, $"The column '{header.Value}'", Keys));
        _problems.Error(value, "A column must name a fact.", "Write Industry: company.industry.");
        return null;
    }

    private MappedColumn? Detailed(YamlText header, MapReader map)
    {
        map.Require("fact");
        if (map.Find("fact") is not YamlText name || Fact(name) is not { } fact)
            return null;
        var isAct = fact.Type == FactType.Engagement;
        foreach (var key in isAct ? (string[])["values"] : ["count", "as", "empty"])
            if (map.KeyOf(key) is { } wrong)
                _problems.Error(wrong, isAct ? "An act has no values." : $"'{key}' is for acts alone.", "Remove it.");
        var period = Spans.Read(map, "count");
        var use = map.Choice("as", period is null ? ColumnUse.LastAt : ColumnUse.Count, ("lastAt", ColumnUse.LastAt), ("total", ColumnUse.Total), ("count", ColumnUse.Count));
        if (isAct && use == ColumnUse.Count != period.HasValue)
            _problems.Error(map.At, "A count needs its period, and nothing else has one.", "Write count: 30d for the acts of the 30 days before the judgement.");
        return Of(header, fact, isAct ? use : ColumnUse.Value) with
        {
            Period = period ?? TimeSpan.Zero,
            EmptyIsNever = map.Choice("empty", false, ("never", true), ("unknown", false)),
            Values = map.Has("values") ? Values(map) : Otherwise(fact),
        };
    }

    private MappedColumn Of(YamlText header, FactDefinition fact, ColumnUse use) =>
        new(header.Value.Trim(), fact, use, TimeSpan.Zero, Otherwise(fact), false, header.Line, header.Column);

    // What the rule file says of its own fact's values holds here too.
    private Dictionary<string, string> Otherwise(FactDefinition fact) =>
        new(rules.SelectMany(set => set.Facts).FirstOrDefault(own => own.Definition.Name == fact.Name)?.Values ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);

    private FactDefinition? Fact(YamlText name)
    {
        var fact = rules.Select(set => set.Catalogue.Find(name.Value)).FirstOrDefault(definition => definition is not null);
        if (fact is null)
            _problems.Error(name, $"No fact is named '{name.Value}'.", Spelling.Suggest(name.Value, _names));
        return fact;
    }

    private Dictionary<string, string> Values(MapReader map)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (map.Find("values") is not YamlMap pairs)
        {
            _problems.Error(map.Find("values")!, "'values' must be a map.", "Write values: { Ja: \"true\", Nej: \"false\" }.");
            return values;
        }
        foreach (var (word, meaning) in pairs.Entries)
        {
            if (meaning is not YamlText text)
                _problems.Error(meaning, "A value must be a text.");
            else if (!values.TryAdd(word.Value.Trim(), text.Value))
                _problems.Error(word, $"'{word.Value}' comes twice, letter case aside.", "Keep one of them.");
        }
        return values;
    }
}
