using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>The rows that a query found, still to be written out.</summary>
internal sealed record SoqlResult(ParsedQuery Query, SoqlSource Source, SObjectSchema Schema, IReadOnlyList<OrgRow> Records, int Count);

/// <summary>Runs a query: checks it against the org's objects, then filters, sorts and cuts.</summary>
internal static class SoqlRunner
{
    private const int LongestQuery = 100_000;
    private const int LargestOffset = 2_000;

    public static SoqlResult Run(Org org, string text, DateTimeOffset now, TimeSpan staleness, bool withDeleted)
    {
        if (text.Length > LongestQuery)
        {
            throw new SoqlException("QUERY_TOO_COMPLICATED", $"SOQL statement is longer than {LongestQuery} characters");
        }

        return Run(SoqlParser.Parse(text), new SoqlSource(org, now, now - staleness, withDeleted, text));
    }

    public static SoqlResult Run(ParsedQuery query, SoqlSource source)
    {
        var table = source.Table(query.From, query.FromPosition);
        var rows = Rows(query, source, table).ToList();
        if (query.Offset > LargestOffset)
        {
            throw new SoqlException("NUMBER_OUTSIDE_VALID_RANGE", $"Maximum SOQL offset allowed is {LargestOffset}");
        }

        var cut = rows.Skip(query.Offset).Take(query.Limit ?? int.MaxValue).Select(row => row.Record).ToList();
        return new SoqlResult(query, source, table.Schema, query.IsCount ? [] : cut, cut.Count);
    }

    /// <summary>The rows that pass, in order, from those of the table or from those given.</summary>
    public static IEnumerable<(OrgRow Record, object?[] Values)> Rows(
        ParsedQuery query, SoqlSource source, RecordTable table, IEnumerable<OrgRow>? among = null)
    {
        var schema = table.Schema;
        foreach (var item in query.Select.OfType<SelectItem.Column>())
        {
            source.Resolve(schema, item.Path);
        }

        var test = query.Where is { } where ? new SoqlFilter(source, nested => Values(nested, source)).Compile(schema, where) : _ => true;
        var rows = (among ?? Candidates(query.Where, source, table))
            .Select(record => (Record: record, Values: source.See(record)))
            .Where(row => row.Values is not null && test(row.Values))
            .Select(row => (row.Record, row.Values!));
        return SoqlOrder.Sort(source, schema, query.Order, rows);
    }

    /// <summary>The single column of a query inside a condition.</summary>
    private static List<object?> Values(ParsedQuery query, SoqlSource source)
    {
        var table = source.Table(query.From, query.FromPosition);
        var read = query.Select is [SelectItem.Column field] ? source.Resolve(table.Schema, field.Path).Read
            : throw new SoqlException("MALFORMED_QUERY", "only one field may be selected in an inner query");
        return Rows(query, source, table).Select(row => read(row.Values)).Where(value => value is not null).ToList();
    }

    /// <summary>Where a condition names ids, only rows with those ids, or that refer to them, need to be looked at.</summary>
    private static IEnumerable<OrgRow> Candidates(ParsedCondition? where, SoqlSource source, RecordTable table)
    {
        foreach (var part in where is ParsedCondition.AllOf all ? all.Parts : where is null ? [] : [where])
        {
            var (path, values) = part switch
            {
                ParsedCondition.InList { IsNegated: false } membership => (membership.Path, membership.Values),
                ParsedCondition.Comparing { Sign: "=" } compare => (compare.Path, [compare.Value]),
                _ => (null, []),
            };
            if (path is not { Parts.Count: 1 } || table.Schema.Find(path.Parts[0]) is not { } field || !(field.Type == "id" || RecordTable.IsIndexed(field))
                || values.Any(value => value.Kind != TokenKind.Text))
            {
                continue;
            }

            var texts = values.Select(value => SoqlText.Plain(value.Text));
            var keys = (field.IsText ? texts : texts.Select(RecordId.Normalise).OfType<string>()).Distinct().Order(StringComparer.Ordinal);
            return field.Type == "id"
                ? keys.Select(table.Find).OfType<OrgRow>()
                : keys.SelectMany(key => table.Referring(field, key)).Distinct().OrderBy(record => record.Id, StringComparer.Ordinal);
        }

        return table.All;
    }
}
