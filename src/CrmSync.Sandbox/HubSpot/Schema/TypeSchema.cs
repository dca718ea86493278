namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>A heading under which properties stand.</summary>
internal sealed record PropertyGroup(string Name, string Label, int DisplayOrder);

/// <summary>The properties and groups of one object type in one account.</summary>
internal sealed class TypeSchema
{
    private readonly Dictionary<string, PropertyDefinition> properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyGroup> groups = new(StringComparer.Ordinal);

    public TypeSchema(ObjectType type, IEnumerable<PropertyDefinition> definitions)
    {
        Type = type;
        foreach (var definition in definitions)
        {
            properties[definition.Name] = definition;
            groups.TryAdd(definition.GroupName, new PropertyGroup(definition.GroupName, definition.GroupName, groups.Count));
        }
    }

    public ObjectType Type { get; }

    public IEnumerable<PropertyDefinition> Properties => properties.Values.Where(property => !property.IsArchived);

    public IEnumerable<PropertyGroup> Groups => groups.Values;

    public PropertyDefinition? Find(string name) => properties.TryGetValue(name, out var found) && !found.IsArchived ? found : null;

    public PropertyGroup? FindGroup(string name) => groups.GetValueOrDefault(name);

    public void Put(PropertyDefinition definition) => properties[definition.Name] = definition;

    public void PutGroup(PropertyGroup group) => groups[group.Name] = group;

    public void RemoveGroup(string name) => groups.Remove(name);
}
