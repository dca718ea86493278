using System.Globalization;
using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Rules;

/// <summary>Reads one map of a rule file by its keys; a key it was not told of is an error at that key.</summary>
internal sealed class MapReader
{
    // People read these texts in one line of a CRM's field.
    private const int LongestText = 300;
    private readonly YamlMap _map;
    private readonly string _what;

    // The keys that misspelt ones were meant to be: told once, and not missed again.
    private readonly HashSet<string> _misspelt = new(StringComparer.Ordinal);

    internal MapReader(YamlMap map, ProblemList problems, string what, IReadOnlyCollection<string> keys)
    {
        (_map, Problems, _what) = (map, problems, what);
        foreach (var (key, _) in map.Entries)
            if (!keys.Contains(key.Value))
            {
                problems.Error(key, $"{what} has no key '{key.Value}'.", Spelling.Suggest(key.Value, keys));
                if (Spelling.Meant(key.Value, keys) is { } meant)
                    _misspelt.Add(meant);
            }
    }

    internal ProblemList Problems { get; }

    internal YamlNode At => _map;

    internal bool Has(string key) => Find(key) is not null;

    internal YamlNode? Find(string key) => _map.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    /// <summary>The key is not there because it was written otherwise, which has been told.</summary>
    internal bool IsMisspelt(string key) => !Has(key) && _misspelt.Contains(key);

    internal YamlText? KeyOf(string key) => _map.Entries.FirstOrDefault(entry => entry.Key.Value == key).Key;

    /// <summary>The node of a key; a missing one is an error at the map.</summary>
    internal YamlNode? Require(string key)
    {
        var node = Find(key);
        if (node is null && !_misspelt.Contains(key))
            Problems.Error(_map, $"{_what} lacks '{key}'.", $"Add '{key}:'.");
        return node;
    }

    internal string? Text(string key, bool required = false)
    {
        var node = required ? Require(key) : Find(key);
        return node is null ? null : TextOf(node, $"'{key}'");
    }

    internal int? Integer(string key, int least, int most, bool required = false)
    {
        if ((required ? Require(key) : Find(key)) is not { } node)
            return null;
        if (node is YamlText text && int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Problems.Error(node, $"'{key}' must be a whole number from {least} to {most}.");
        return null;
    }

    internal bool Flag(string key, bool otherwise = false)
    {
        if (Find(key) is not { } node)
            return otherwise;
        if (node is YamlText { Value: "true" or "false" } text)
            return text.Value == "true";
        Problems.Error(node, $"'{key}' must be true or false.");
        return otherwise;
    }

    /// <summary>One of some words, by its index; <paramref name="otherwise"/> where the key is missing or wrong.</summary>
    internal T Choice<T>(string key, T otherwise, params (string Word, T Value)[] words)
    {
        if (Find(key) is not { } node)
            return otherwise;
        foreach (var (word, value) in words)
            if (node is YamlText text && text.Value == word)
                return value;
        var known = words.Select(pair => pair.Word).ToList();
        Problems.Error(node, $"'{key}' must be one of {string.Join(", ", known)}.", node is YamlText typo ? Spelling.Suggest(typo.Value, known) : "");
        return otherwise;
    }

    internal MapReader? Map(string key, IReadOnlyCollection<string> keys)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is YamlMap map)
            return new MapReader(map, Problems, $"'{key}'", keys);
        Problems.Error(node, $"'{key}' must be a map.", $"Write {key}: {{ ... }}.");
        return null;
    }

    /// <summary>The items of a list; a single value counts as a list of one. A required list that is empty is an error.</summary>
    internal IReadOnlyList<YamlNode> Items(string key, bool required = false)
    {
        var node = required ? Require(key) : Find(key);
        if (required && node is YamlList { Items.Count: 0 })
            Problems.Error(node, $"'{key}' is empty.", "Give it at least one entry.");
        return node switch { null => [], YamlList list => list.Items, var single => [single] };
    }

    /// <summary>The items of a list, each a text.</summary>
    internal IReadOnlyList<YamlText> Texts(string key, bool required = false) => [.. Items(key, required).Select(AsText).OfType<YamlText>()];

    /// <summary>The node, if it is a text; else an error at it, and null.</summary>
    internal YamlText? AsText(YamlNode node) => TextOf(node, "This") is null ? null : (YamlText)node;

    private string? TextOf(YamlNode node, string what)
    {
        if (node is not YamlText { Value.Length: > 0 } text)
            Problems.Error(node, $"{what} must be a text.");
        else if (text.Value.Length > LongestText)
            Problems.Error(node, $"{what} is longer than {LongestText} characters.", "Shorten it.");
        else if (!ForeignText.IsPlain(text.Value))
            Problems.Error(node, $"{what} holds line breaks or hidden characters.", "Write it on one line, in plain letters.");
        else
            return text.Value;
        return null;
    }
}
