namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>Reads the fields that Pipedrive itself gives each kind of record from the table in <c>Definitions/</c>.</summary>
internal static class EntityFile
{
    public static IReadOnlyDictionary<string, IReadOnlyList<FieldDefinition>> Read()
    {
        using var stream = typeof(EntityFile).Assembly.GetManifestResourceStream("pipedrive.entities")
            ?? throw new InvalidOperationException("No definitions of Pipedrive's records.");
        using var reader = new StreamReader(stream);
        var kinds = new Dictionary<string, IReadOnlyList<FieldDefinition>>(StringComparer.Ordinal);
        List<FieldDefinition> current = [];
        foreach (var line in reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '=')
            {
                kinds[line[1..]] = current = [];
                continue;
            }

            current.Add(Parse(line));
        }

        return kinds;
    }

    private static FieldDefinition Parse(string line)
    {
        var columns = line.Split('|');
        bool Has(char flag) => columns[2].Contains(flag, StringComparison.Ordinal);
        return new FieldDefinition
        {
            Code = columns[0],
            Kind = columns[1],
            Name = columns[3],
            IsCreatable = Has('c'),
            IsUpdatable = Has('u'),
            IsNullable = Has('n'),
            IsSparse = Has('s'),
            IsOptional = Has('o'),
            IsHidden = Has('h'),
            NeedsContactSync = Has('k'),
        };
    }
}
