using System.Globalization;
using System.Text;

namespace CrmSync.Worker.Rules.Document;

/// <summary>
/// Rule files hold what anybody wrote. On a page that two departments sign, a text must be what it seems: characters that
/// steer, hide or turn other characters round are left out, and a line stays one line.
/// </summary>
internal static class SafeText
{
    internal static string Line(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
                safe.Append(' ');
            else if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse) && rune != Rune.ReplacementChar)
                safe.Append(rune);
        }
        return safe.ToString();
    }

    internal static string[] Lines(string text) => [.. text.Split('\n').Select(Line)];
}
