using System.Text;

namespace CrmSync.Worker.Rules.Document;

/// <summary>Words as Markdown that reads as those very words: no mark-up, no HTML, no link comes out of them.</summary>
internal static class MarkdownText
{
    private const string Marks = @"\`*_[]<>&|#~";

    internal static string Of(string text)
    {
        var plain = SafeText.Line(text);
        var escaped = new StringBuilder(plain.Length + 8);
        for (var i = 0; i < plain.Length; i++)
        {
            // A bare address would become a link by itself.
            var address = (plain[i] == ':' && plain.AsSpan(i).StartsWith("://", StringComparison.Ordinal))
                || (plain[i] == '.' && i >= 3 && plain.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase))
                || plain[i] == '@';
            if (address || Marks.Contains(plain[i], StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(plain[i]);
        }
        return escaped.ToString();
    }

    /// <summary>The same at the start of a block, where a dash or a number would begin a list.</summary>
    internal static string Start(string text)
    {
        var escaped = Of(text).TrimStart();
        if (escaped.Length == 0)
            return escaped;
        var digits = escaped.TakeWhile(char.IsAsciiDigit).Count();
        if (digits > 0 && digits < escaped.Length && escaped[digits] is '.' or ')')
            return $"{escaped[..digits]}\\{escaped[digits..]}";
        return escaped[0] is '-' or '+' or '=' ? $"\\{escaped}" : escaped;
    }

    /// <summary>A fenced block; the fence is longer than any inside it.</summary>
    internal static string Fenced(string text)
    {
        var lines = SafeText.Lines(text);
        var longest = lines.Max(line => Longest(line, '`'));
        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}text\n{string.Join('\n', lines)}\n{fence}";
    }

    private static int Longest(string text, char mark)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == mark ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
