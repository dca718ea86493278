namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>An object of one org with its fields; names are found in any case.</summary>
internal sealed class SObjectSchema
{
    private readonly List<FieldDefinition> fields = [];
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    public SObjectSchema(string name, string prefix, string label, IEnumerable<FieldDefinition> definitions)
    {
        (Name, Prefix, Label) = (name, prefix, label);
        foreach (var definition in SystemFields.First.Concat(definitions))
        {
            Add(definition);
        }
    }

    public string Name { get; }

    /// <summary>The first three letters of its ids.</summary>
    public string Prefix { get; }

    public string Label { get; }

    /// <summary>The log's word for its records: a lower-case plural.</summary>
    public string LogName => char.ToLowerInvariant(Name[0]) + (Name.EndsWith('y') ? Name[1..^1] + "ies" : Name[1..] + "s");

    public IReadOnlyList<FieldDefinition> Fields => fields;

    /// <summary>Whether rows can be made and changed; setup objects such as stages can only be read.</summary>
    public bool IsReadOnly { get; init; }

    public FieldDefinition? Find(string name) => places.TryGetValue(name, out var place) ? fields[place] : null;

    public FieldDefinition Get(string name) => Find(name) ?? throw new InvalidOperationException($"{Name} has no {name}.");

    /// <summary>The reference field that a query follows by this name.</summary>
    public FieldDefinition? Relationship(string name) =>
        fields.Find(field => field.RelationshipName is { } known && string.Equals(known, name, StringComparison.OrdinalIgnoreCase));

    public FieldDefinition Add(FieldDefinition definition)
    {
        var placed = definition with { Index = fields.Count };
        places.Add(placed.Name, placed.Index);
        fields.Add(placed);
        return placed;
    }

    public void Replace(FieldDefinition definition) => fields[definition.Index] = definition;
}
