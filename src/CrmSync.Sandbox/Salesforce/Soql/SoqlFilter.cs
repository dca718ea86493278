using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>Turns a condition into a test of a row.</summary>
internal sealed class SoqlFilter(SoqlSource source, Func<ParsedQuery, IEnumerable<object?>> inner)
{
    public Func<object?[], bool> Compile(SObjectSchema schema, ParsedCondition condition)
    {
        switch (condition)
        {
            case ParsedCondition.AllOf all:
                var every = all.Parts.Select(part => Compile(schema, part)).ToArray();
                return row => Array.TrueForAll(every, test => test(row));
            case ParsedCondition.AnyOf any:
                var some = any.Parts.Select(part => Compile(schema, part)).ToArray();
                return row => Array.Exists(some, test => test(row));
            case ParsedCondition.Negated not:
                var negated = Compile(schema, not.Inner);
                return row => !negated(row);
            case ParsedCondition.Comparing compare:
                return Comparison(schema, compare);
            case ParsedCondition.InList membership:
                var (field, read) = Filterable(schema, membership.Path);
                return Contains(read, membership.IsNegated, membership.Values.Select(value => SoqlConstants.Read(source, field, value)));
            case ParsedCondition.InRows query:
                return Contains(Filterable(schema, query.Path).Read, query.IsNegated, inner(query.Query));
            default:
                throw new InvalidOperationException($"Unknown condition {condition.GetType()}.");
        }
    }

    private Func<object?[], bool> Comparison(SObjectSchema schema, ParsedCondition.Comparing compare)
    {
        var (field, read) = Filterable(schema, compare.Path);
        if (compare.Sign == "LIKE")
        {
            if (!field.IsText || compare.Value.Kind != TokenKind.Text)
            {
                throw SoqlException.At("INVALID_QUERY_FILTER_OPERATOR", source.Text, compare.Value.Position, "invalid operator");
            }

            var pattern = SoqlText.Pattern(compare.Value.Text);
            return row => read(row) is string text && pattern.IsMatch(text);
        }

        var wanted = SoqlConstants.Read(source, field, compare.Value);
        if (SoqlConstants.ReadEnd(source, field, compare.Value) is { } end)
        {
            return DayRange(compare.Sign, read, wanted!, end);
        }

        return compare.Sign switch
        {
            "=" => row => SoqlOrder.AreEqual(read(row), wanted),
            "!=" => row => !SoqlOrder.AreEqual(read(row), wanted),
            "<" => row => Order(row) < 0,
            "<=" => row => Order(row) <= 0,
            ">" => row => Order(row) > 0,
            _ => row => Order(row) >= 0,
        };

        // What is empty is neither more nor less than anything.
        double Order(object?[] row) => read(row) is { } value && wanted is not null ? SoqlOrder.Compare(value, wanted) : double.NaN;
    }

    /// <summary>A word such as TODAY means a whole day.</summary>
    private static Func<object?[], bool> DayRange(string sign, Func<object?[], object?> read, object start, object end) => sign switch
    {
        "=" => row => read(row) is { } value && SoqlOrder.Compare(value, start) >= 0 && SoqlOrder.Compare(value, end) < 0,
        "!=" => row => read(row) is not { } value || SoqlOrder.Compare(value, start) < 0 || SoqlOrder.Compare(value, end) >= 0,
        "<" => row => read(row) is { } value && SoqlOrder.Compare(value, start) < 0,
        "<=" => row => read(row) is { } value && SoqlOrder.Compare(value, end) < 0,
        ">" => row => read(row) is { } value && SoqlOrder.Compare(value, end) >= 0,
        _ => row => read(row) is { } value && SoqlOrder.Compare(value, start) >= 0,
    };

    private static Func<object?[], bool> Contains(Func<object?[], object?> read, bool isNegated, IEnumerable<object?> values)
    {
        var wanted = values.Select(SoqlOrder.Key).ToHashSet();
        return row => wanted.Contains(SoqlOrder.Key(read(row))) != isNegated;
    }

    private (FieldDefinition Field, Func<object?[], object?> Read) Filterable(SObjectSchema schema, FieldPath path)
    {
        var resolved = source.Resolve(schema, path);
        return resolved.Field.IsFilterable
            ? resolved
            : throw SoqlException.At("INVALID_FIELD", source.Text, path.Position, $"field '{resolved.Field.Name}' can not be filtered in a query call");
    }
}
