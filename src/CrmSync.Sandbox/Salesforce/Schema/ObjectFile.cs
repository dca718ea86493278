using System.Globalization;

namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>
/// Reads the objects of a new org from the tables in <c>Definitions/</c>. A line <c>=Name|prefix|label|r</c> begins an object (r: rows can only be read);
/// a field is <c>name|type|length|flags|label|values or referenceTo</c>.
/// </summary>
internal static class ObjectFile
{
    public static IReadOnlyList<SObjectSchema> Read()
    {
        using var stream = typeof(ObjectFile).Assembly.GetManifestResourceStream("salesforce.objects")
            ?? throw new InvalidOperationException("No definitions for Salesforce.");
        using var reader = new StreamReader(stream);
        var schemas = new List<SObjectSchema>();
        string[]? head = null;
        var fields = new List<FieldDefinition>();
        foreach (var line in reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Append("="))
        {
            if (line[0] != '=')
            {
                fields.Add(Field(line.Split('|')));
                continue;
            }

            if (head is not null)
            {
                schemas.Add(new SObjectSchema(head[0], head[1], head[2], fields) { IsReadOnly = head.Length > 3 });
            }

            (head, fields) = (line[1..].Split('|'), []);
        }

        return schemas;
    }

    private static FieldDefinition Field(string[] columns)
    {
        var (type, flags) = (columns[1], columns[3]);
        var extra = columns.Length > 5 ? columns[5] : "";
        var reference = type == "reference" ? extra.Split('>') : null;
        return new FieldDefinition
        {
            Name = columns[0],
            Type = type,
            Length = int.Parse(columns[2], CultureInfo.InvariantCulture),
            Label = columns[4],
            IsCreatable = flags.Contains('C', StringComparison.Ordinal),
            IsUpdateable = flags.Contains('U', StringComparison.Ordinal),
            IsNillable = flags.Contains('N', StringComparison.Ordinal),
            IsDefaulted = flags.Contains('D', StringComparison.Ordinal),
            IsFilterable = !flags.Contains('X', StringComparison.Ordinal),
            IsTracked = flags.Contains('T', StringComparison.Ordinal),
            IsCustom = columns[0].EndsWith("__c", StringComparison.Ordinal),
            ReferenceTo = reference?[0].Split(',') ?? [],
            RelationshipName = reference is { Length: > 1 } ? reference[1] : null,
            Values = type == "picklist" ? Picklist(extra) : [],
        };
    }

    /// <summary>A star marks the default.</summary>
    private static IReadOnlyList<PicklistValue> Picklist(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(value => new PicklistValue(value.TrimStart('*'), value.TrimStart('*'), value[0] == '*'))];
}
