using System.Globalization;

namespace CrmSync.Adapters.Salesforce.Soql;

/// <summary>
/// A query, put together from names that are checked and values that are escaped: data is never joined into it in any other way.
/// </summary>
internal sealed record SoqlQuery
{
    private readonly string _from;
    private readonly string[] _fields;

    private SoqlQuery(string from, string[] fields) => (_from, _fields) = (from, fields);

    /// <summary>Whether deleted records are shown too.</summary>
    public bool WithDeleted { get; init; }
    public SoqlCondition? Where { get; init; }
    public IReadOnlyList<string> OrderBy { get; init; } = [];
    public int? Limit { get; init; }

    /// <exception cref="ArgumentException">One of them is no name, or no field is asked for.</exception>
    public static SoqlQuery Of(string from, IEnumerable<string> fields)
    {
        string[] names = [.. fields.Select(SoqlName.Checked).Distinct(StringComparer.OrdinalIgnoreCase)];
        return names.Length > 0 ? new(SoqlName.Checked(from), names) : throw new ArgumentException("A query needs fields.", nameof(fields));
    }

    /// <summary>The resource that answers it.</summary>
    public string Kind => WithDeleted ? "queryAll" : "query";

    public override string ToString()
    {
        var where = Where is null ? "" : $" WHERE {Where.Written}";
        var order = OrderBy.Count == 0 ? "" : $" ORDER BY {string.Join(", ", OrderBy.Select(f => $"{SoqlName.Checked(f)} ASC"))}";
        var limit = Limit is { } most ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {most}") : "";
        return $"SELECT {string.Join(", ", _fields)} FROM {_from}{where}{order}{limit}";
    }
}
