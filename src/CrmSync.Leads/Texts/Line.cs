namespace CrmSync.Leads.Texts;

/// <summary>One line and how telling it is; 0 is told first and dropped last.</summary>
internal readonly record struct Line(int Rank, string Text)
{
    /// <summary>Joins lines; while they are too long together, the least telling one goes, the last of equals first.</summary>
    internal static string Fit(IEnumerable<Line> lines, int most)
    {
        var kept = lines.ToList();
        while (kept.Count > 1 && kept.Sum(line => line.Text.Length + 1) - 1 > most)
            kept.RemoveAt(kept.FindLastIndex(line => line.Rank == kept.Max(other => other.Rank)));
        var text = string.Join('\n', kept.Select(line => line.Text));
        return text.Length <= most ? text : text[..most];
    }

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"a, b and c".</summary>
    internal static string List(IReadOnlyList<string> items, string last) => items.Count < 2
        ? string.Concat(items)
        : $"{string.Join(", ", items.Take(items.Count - 1))} {last} {items[^1]}";

    /// <summary>What somebody else wrote, on one line and not endless.</summary>
    internal static string Foreign(string text, int most = 80) => ForeignText.OneLine(text, most);
}
