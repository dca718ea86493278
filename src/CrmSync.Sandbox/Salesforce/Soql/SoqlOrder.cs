using System.Globalization;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>How values compare: text without regard to case, ids by their letters.</summary>
internal static class SoqlOrder
{
    public static bool AreEqual(object? one, object? other) => Equals(Key(one), Key(other));

    public static int Compare(object one, object other) => (one, other) switch
    {
        (string left, string right) => string.Compare(left, right, IsId(left) && IsId(right) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase),
        (long left, double right) => ((double)left).CompareTo(right),
        (IComparable left, _) => left.CompareTo(other),
        _ => string.CompareOrdinal(Convert.ToString(one, CultureInfo.InvariantCulture), Convert.ToString(other, CultureInfo.InvariantCulture)),
    };

    /// <summary>A value that is equal exactly when the two compare as equal.</summary>
    public static object? Key(object? value) => value switch
    {
        string text when !IsId(text) => text.ToUpperInvariant(),
        long whole => (double)whole,
        _ => value,
    };

    /// <summary>Sorts rows by the keys of the query, and by id where those do not decide.</summary>
    public static IEnumerable<(OrgRow Record, object?[] Values)> Sort(
        SoqlSource source, SObjectSchema schema, IReadOnlyList<OrderKey> keys, IEnumerable<(OrgRow Record, object?[] Values)> rows)
    {
        if (keys.Count == 0)
        {
            return rows;
        }

        var readers = keys.Select(key => (Key: key, source.Resolve(schema, key.Path).Read)).ToArray();
        return rows.Order(Comparer<(OrgRow Record, object?[] Values)>.Create((one, other) =>
        {
            foreach (var (key, read) in readers)
            {
                var order = Compare(key, read(one.Values), read(other.Values));
                if (order != 0)
                {
                    return order;
                }
            }

            return string.CompareOrdinal(one.Record.Id, other.Record.Id);
        }));
    }

    private static int Compare(OrderKey key, object? one, object? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => key.NullsLast ? 1 : -1,
        (_, null) => key.NullsLast ? -1 : 1,
        _ => key.IsDescending ? -Compare(one, other) : Compare(one, other),
    };

    /// <summary>Long ids end in a checksum; no text that people write does so by chance.</summary>
    private static bool IsId(string text) => text.Length == 18 && text[0] == '0' && RecordId.Normalise(text) == text;
}
