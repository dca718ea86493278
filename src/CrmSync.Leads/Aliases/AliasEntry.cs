namespace CrmSync.Leads.Aliases;

/// <summary>One thing with several names. <paramref name="Key"/> is how rules name it; the labels are what people read.</summary>
public sealed record AliasEntry(string Key, string Danish, string English, IReadOnlyList<string> Also)
{
    /// <summary>The label in a language: <c>da</c>, or anything else for English.</summary>
    public string Label(string language) => language == "da" ? Danish : English;

    /// <summary>Every name, key and labels first.</summary>
    public IEnumerable<string> Names => [Key, Danish, English, .. Also];

    /// <summary>Reads the built-in tables: one entry a line, <c>key | da | en | also, also</c>.</summary>
    internal static IReadOnlyList<AliasEntry> ParseTable(string table) =>
        [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseLine)];

    private static AliasEntry ParseLine(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        return new(parts[0], parts[1], parts[2],
            parts.Length < 4 ? [] : parts[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
