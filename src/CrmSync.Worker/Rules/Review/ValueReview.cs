using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Looks at the values and times of single tests: misspelt, given twice, or further back than anything is kept.</summary>
internal sealed class ValueReview(AliasBook aliases, ReviewNotes notes)
{
    /// <summary>The worker keeps acts for as long.</summary>
    private static readonly TimeSpan ActsKept = TimeSpan.FromDays(400);

    // Below it nearly every word is near another.
    private const int ShortestTypo = 5;

    internal void Review(SourceTest test)
    {
        if (test.Type == FactType.Engagement && test.Within > ActsKept)
            notes.Warn(test.At, $"Acts are kept for {ActsKept.Days} days; nothing older is ever counted.", $"Write within: {ActsKept.Days}d or less.");
        if (test.Op is not ("eq" or "in" or "contains") || test.Type is not (FactType.Text or FactType.Choices))
            return;
        Doubles(test);
        foreach (var value in test.Values)
            if (test.Op == "contains")
                Family(value);
            else
                Known(test.Facts[0], value);
    }

    private void Doubles(SourceTest test)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in test.Values)
        {
            var name = test.Op == "contains" ? Contained(value.Value) : Subjects.Canonical(aliases, test.Facts[0], value.Value);
            if (!seen.TryAdd(name, value.Value))
                notes.Warn(value, seen[name] == value.Value ? $"'{value.Value}' is listed twice." : $"'{value.Value}' is the same value as '{seen[name]}'.", "Keep one of them.");
        }
    }

    private static string Contained(string word) => $"{(word.StartsWith('*') ? "*" : "")}{PlainText.Of(word)}{(word.EndsWith('*') ? "*" : "")}";

    private void Known(FactDefinition fact, YamlText value)
    {
        var table = aliases.For(fact.Name);
        if (table.Entries.Count == 0 || table.Find(value.Value) is not null)
            return;
        var nearest = Nearest(value.Value, table.Entries.SelectMany(entry => entry.Names));
        if (nearest is not null)
            notes.Warn(value, $"'{value.Value}' is no known value of {fact.Name}.", $"Did you mean '{Shown(table, nearest)}'? Otherwise add it under 'aliases:'.");
        else
            notes.Note(value, $"'{value.Value}' is no known value of {fact.Name}; it stands for itself.", "Add its other names under 'aliases:'.");
    }

    private void Family(YamlText value)
    {
        var plain = PlainText.Of(value.Value);
        if (!value.Value.Contains('*') && !WordFamilies.Names.Contains(plain) && Nearest(value.Value, WordFamilies.Names) is { } near)
            notes.Note(value, $"'{value.Value}' stands for itself, while '{near}' stands for many titles.", $"Did you mean '{near}'?");
    }

    // The key if that is the near one; else the name that is.
    private static string Shown(AliasTable table, string name) => table.Find(name) is { } entry && Spelling.Near(name, entry.Key) ? entry.Key : name;

    private static string? Nearest(string word, IEnumerable<string> known) =>
        word.Length < ShortestTypo ? null : known.FirstOrDefault(name => name.Length >= ShortestTypo && Spelling.Near(word, name));
}
