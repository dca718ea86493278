namespace CrmSync.Leads.Texts;

/// <summary>What somebody else wrote, made fit to stand inside our own lines.</summary>
public static class ForeignText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text on one line, its blanks single, cut to so many characters with an ellipsis. Control characters part words,
    /// what turns the writing direction of the text around it goes, and half of a surrogate pair becomes U+FFFD.
    /// </summary>
    public static string OneLine(string text, int most)
    {
        var plain = new char[Math.Min(text.Length, most + 1)];
        var length = 0;
        for (var i = 0; i < text.Length && length < plain.Length; i++)
        {
            var c = text[i];
            if (IsBlank(c) && (length == 0 || plain[length - 1] == ' ') || TurnsDirection(c))
                continue;
            plain[length++] = IsBlank(c) ? ' ' : IsHalf(text, i) ? Replacement : c;
        }
        if (length <= most)
            return new string(plain, 0, length).TrimEnd();
        // Half of a surrogate pair is no character.
        return new string(plain, 0, char.IsHighSurrogate(plain[most - 2]) ? most - 2 : most - 1).TrimEnd() + "…";
    }

    /// <summary>Whether a text would look as it is written: on one line, with nothing hidden in it.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' || TurnsDirection(text[i]) || IsHalf(text, i))
                return false;
        return true;
    }

    private static bool IsBlank(char c) => c is ' ' or '\u2028' or '\u2029' || char.IsControl(c);

    // Embeddings, overrides and isolates; the marks of Arabic and Hebrew turn nothing but themselves.
    private static bool TurnsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsHalf(string text, int i) =>
        (char.IsHighSurrogate(text[i]) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])))
        || (char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1])));
}
