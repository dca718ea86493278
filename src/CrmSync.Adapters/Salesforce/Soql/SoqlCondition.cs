using System.Globalization;

namespace CrmSync.Adapters.Salesforce.Soql;

/// <summary>A condition of a query, as a tree of comparisons. Brackets are written around every group, so that none can be taken apart.</summary>
internal sealed record SoqlCondition
{
    private SoqlCondition(string written) => Written = written;

    public string Written { get; }

    public static SoqlCondition Equal(string field, SoqlLiteral value) => Compare(field, "=", value);

    public static SoqlCondition NotEqual(string field, SoqlLiteral value) => Compare(field, "!=", value);

    public static SoqlCondition After(string field, SoqlLiteral value) => Compare(field, ">", value);

    public static SoqlCondition AtLeast(string field, SoqlLiteral value) => Compare(field, ">=", value);

    public static SoqlCondition AtMost(string field, SoqlLiteral value) => Compare(field, "<=", value);

    /// <exception cref="ArgumentException">There are no values: nothing is in an empty list, and a query cannot say so.</exception>
    public static SoqlCondition In(string field, IEnumerable<string> values)
    {
        var written = string.Join(",", values.Select(v => SoqlLiteral.Of(v).Written));
        return written.Length > 0
            ? new(string.Create(CultureInfo.InvariantCulture, $"{SoqlName.Checked(field)} IN ({written})"))
            : throw new ArgumentException("A list needs values.", nameof(values));
    }

    public static SoqlCondition All(params ReadOnlySpan<SoqlCondition> parts) => Join("AND", parts);

    public static SoqlCondition Any(params ReadOnlySpan<SoqlCondition> parts) => Join("OR", parts);

    private static SoqlCondition Compare(string field, string sign, SoqlLiteral value) => new($"{SoqlName.Checked(field)} {sign} {value.Written}");

    private static SoqlCondition Join(string word, ReadOnlySpan<SoqlCondition> parts)
    {
        if (parts.Length == 1)
            return parts[0];
        var written = new List<string>(parts.Length);
        foreach (var part in parts)
            written.Add(part.Written.StartsWith('(') ? part.Written : $"({part.Written})");
        return new($"({string.Join($" {word} ", written)})");
    }
}
