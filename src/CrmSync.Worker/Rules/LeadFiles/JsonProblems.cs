using System.Text.Json;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Gathers what is wrong in a JSON lead, by path, and reads the pieces that can go wrong anywhere: keys and texts.
/// </summary>
internal sealed class JsonProblems(string file)
{
    private const int Enough = 100;
    private readonly List<LeadFileProblem> _found = [];

    internal void Add(string path, string message, string repair = "")
    {
        if (_found.Count < Enough)
            _found.Add(new(path.Length > 0 ? $"{file}: {path}" : file, message, repair));
    }

    internal void ThrowIfAny()
    {
        if (_found.Count > 0)
            throw new LeadFileException(LeadFileFault.Data, _found);
    }

    /// <summary>The members of an object; a key that comes twice is an error, and neither is used.</summary>
    internal IEnumerable<(string Name, JsonElement Value)> Members(JsonElement map, string path)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            if (Decoded(() => member.Name) is not { } name)
                Add(path, "A key holds half a character (a lone surrogate).", "Remove it.");
            else if (!members.TryAdd(name, member.Value))
                Add(Below(path, name), "The key comes twice.", "Keep one of them.");
        }
        return members.Select(member => (member.Key, member.Value));
    }

    /// <summary>The text of a string, or null with the problem added.</summary>
    internal string? Text(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Add(path, "This must be a text.", "Write it in quotes; that also keeps long numbers whole.");
            return null;
        }
        var text = Decoded(value.GetString);
        if (text is null)
            Add(path, "The text holds half a character (a lone surrogate).", "Remove it.");
        return text;
    }

    /// <summary>The instant that a string names, or null with the problem added.</summary>
    internal DateTimeOffset? Instant(JsonElement value, string path, InstantReader instants)
    {
        if (Text(value, path) is not { } text)
            return null;
        var instant = instants.Parse(text);
        if (instant is null)
            Add(path, $"This must be {InstantReader.Expected}.");
        return instant;
    }

    internal static string Below(string path, string name) => path.Length == 0 ? Shown(name) : $"{path}.{Shown(name)}";

    // A key is quoted in an error, never a value; a long one is no key anybody meant.
    private static string Shown(string name) =>
        new([.. name.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);

    // JSON may hold what text cannot.
    private static string? Decoded(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
