namespace CrmSync.Worker.Rules;

/// <summary>Finds the known word that a misspelt one was meant to be.</summary>
internal static class Spelling
{
    // Nobody misspells a word into a page; comparing pages would only cost time.
    private const int LongestWord = 60;
    private const int LongestSlip = 2;

    /// <summary>A sentence that helps: the nearest word, or all of them.</summary>
    internal static string Suggest(string word, IReadOnlyCollection<string> known)
    {
        if (word.Length > LongestWord)
            return "";
        if (Meant(word, known) is { } nearest)
            return $"Did you mean '{nearest}'?";
        return known.Count <= 20 ? $"Known are: {string.Join(", ", known)}." : "";
    }

    /// <summary>The known word that is near enough to be meant, or null.</summary>
    internal static string? Meant(string word, IReadOnlyCollection<string> known)
    {
        if (word.Length > LongestWord)
            return null;
        var nearest = known.Where(name => name.Length <= LongestWord).MinBy(name => Distance(word, name));
        return nearest is not null && Distance(word, nearest) <= Math.Max(2, word.Length / 3) ? nearest : null;
    }

    /// <summary>Whether one word may be the other misspelt: one letter in four at most, the first one right.</summary>
    internal static bool Near(string word, string other) => Math.Abs(word.Length - other.Length) <= LongestSlip && word.Length <= LongestWord
        && char.ToLowerInvariant(word[0]) == char.ToLowerInvariant(other[0]) && Distance(word, other) <= Math.Min(LongestSlip, word.Length / 4);

    // Levenshtein's distance, letter case aside, in one row.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }
        return row[b.Length];
    }
}
