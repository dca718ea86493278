namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>Reads the properties that HubSpot defines for an object type from the tables in <c>Definitions/</c>.</summary>
internal static class DefinitionFile
{
    public static IReadOnlyList<PropertyDefinition> Read(ObjectType type, Func<string, IReadOnlyList<PropertyOption>> namedOptions)
    {
        using var stream = typeof(DefinitionFile).Assembly.GetManifestResourceStream("hubspot." + type.Plural)
            ?? throw new InvalidOperationException($"No definitions for {type.Plural}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => Parse(line, namedOptions))];
    }

    private static PropertyDefinition Parse(string line, Func<string, IReadOnlyList<PropertyOption>> namedOptions)
    {
        var columns = line.Split('|');
        var flags = columns[4];
        var options = columns.Length > 6 ? columns[6] : "";
        return new PropertyDefinition
        {
            Name = columns[0],
            Type = columns[1],
            FieldType = columns[2],
            GroupName = columns[3],
            Label = columns[5],
            IsReadOnly = flags.Contains('r', StringComparison.Ordinal),
            IsCalculated = flags.Contains('c', StringComparison.Ordinal),
            HasUniqueValue = flags.Contains('u', StringComparison.Ordinal),
            IsHubSpotDefined = !flags.Contains('+', StringComparison.Ordinal),
            HasExternalOptions = options.StartsWith('*'),
            AcceptsAnyOption = options == "*any",
            Options = options.StartsWith('*') ? namedOptions(options[1..]) : ParseOptions(columns[1], options),
        };
    }

    private static IReadOnlyList<PropertyOption> ParseOptions(string type, string text)
    {
        if (type == "bool")
        {
            text = "true=True;false=False";
        }

        return [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select((option, order) =>
        {
            var parts = option.Split('=');
            return new PropertyOption(parts[0], parts[^1], order);
        })];
    }
}
