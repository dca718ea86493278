namespace CrmSync.Leads.Aliases;

/// <summary>
/// The form in which texts are compared: lower case, letters and digits, words parted by one space. So
/// <c>COMPUTER_SOFTWARE</c>, <c>Computer software</c> and <c>computer-software</c> are one text. No culture is asked.
/// </summary>
public static class PlainText
{
    /// <summary>What goes beyond this many characters is not compared.</summary>
    public const int MaxLength = 256;

    private const char Apart = '\0';

    /// <summary>Writes the plain form of a text and answers its length. The target holds at least <see cref="MaxLength"/>.</summary>
    public static int Write(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        var gap = false;
        foreach (var c in text)
        {
            var plain = PlainOf(c);
            if (plain == Apart)
            {
                gap = length > 0;
                continue;
            }
            if (length + (gap ? 2 : 1) > MaxLength)
                break;
            if (gap)
                target[length++] = ' ';
            gap = false;
            target[length++] = plain;
        }
        return length;
    }

    /// <summary>The plain form of a text.</summary>
    public static string Of(string text)
    {
        Span<char> plain = stackalloc char[MaxLength];
        return new string(plain[..Write(text, plain)]);
    }

    // Asking Unicode for the small form of a letter is slow; most letters have it already, or are plain ASCII.
    private static char PlainOf(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c
        : char.IsAsciiLetterUpper(c) ? (char)(c | ' ')
        : char.IsAscii(c) || !char.IsLetterOrDigit(c) ? Apart
        : char.IsLower(c) ? c
        : char.ToLowerInvariant(c);
}
