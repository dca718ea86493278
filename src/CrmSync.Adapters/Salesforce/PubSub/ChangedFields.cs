using System.Globalization;
using System.Numerics;

namespace CrmSync.Adapters.Salesforce.PubSub;

/// <summary>
/// Names of fields from bitmaps: <c>0x1A</c> has a bit for each field of the schema, the lowest for the first; <c>4-0x03</c> has
/// one for each part of field 4.
/// </summary>
internal static class ChangedFields
{
    private const string Prefix = "0x";
    private const int Longest = 1_000;

    /// <summary>Null for a map that cannot be read: what is not understood must not pass for nothing.</summary>
    public static IReadOnlyList<string>? Names(AvroType schema, IReadOnlyList<string> maps)
    {
        var names = new List<string>();
        foreach (var map in maps)
        {
            var (place, bits) = map.Split('-') is [var before, var after] ? (before, after) : ((string?)null, map);
            if (Owner(schema, place) is not var (owner, prefix) || Bits(bits) is not { } set)
                return null;
            for (var i = 0; !set.IsZero; i++, set >>= 1)
            {
                if (set.IsEven)
                    continue;
                if (i >= owner.Fields.Count)
                    return null;
                names.Add(prefix + owner.Fields[i].Name);
            }
        }
        return names;
    }

    /// <summary>The record whose fields a map counts, and what stands before their names.</summary>
    private static (AvroType Owner, string Prefix)? Owner(AvroType schema, string? place)
    {
        if (place is null)
            return (schema, "");
        if (!int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= schema.Fields.Count)
            return null;
        var (name, type) = schema.Fields[number];
        return type.Parts.Append(type).FirstOrDefault(t => t.Kind == AvroKind.Record) is { } record ? (record, $"{name}.") : null;
    }

    private static BigInteger? Bits(string text) =>
        text.Length <= Longest && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && BigInteger.TryParse("0" + text[Prefix.Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? bits
            : null;
}
