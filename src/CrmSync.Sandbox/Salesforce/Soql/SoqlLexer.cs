using System.Globalization;
using System.Text;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>Cuts a query into words.</summary>
internal static class SoqlLexer
{
    private const string Signs = "(),<>=!";
    private const int LongestString = 4_000;

    public static List<SoqlToken> Read(string text)
    {
        var tokens = new List<SoqlToken>();
        for (var place = 0; place < text.Length;)
        {
            var letter = text[place];
            if (char.IsWhiteSpace(letter))
            {
                place++;
            }
            else if (letter == '\'')
            {
                place = Quoted(text, place, tokens);
            }
            else if (Signs.Contains(letter, StringComparison.Ordinal))
            {
                var length = place + 1 < text.Length && text.Substring(place, 2) is "<=" or ">=" or "!=" or "<>" ? 2 : 1;
                tokens.Add(new SoqlToken(TokenKind.Sign, text.Substring(place, length), place));
                place += length;
            }
            else if (char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+' or '.')
            {
                place = Word(text, place, tokens);
            }
            else
            {
                throw SoqlException.At("MALFORMED_QUERY", text, place, $"line 1:{place} no viable alternative at character '{letter}'");
            }
        }

        tokens.Add(new SoqlToken(TokenKind.End, "<EOF>", text.Length));
        return tokens;
    }

    private static int Word(string text, int start, List<SoqlToken> tokens)
    {
        var isNumber = !char.IsAsciiLetter(text[start]) && text[start] != '_';
        var place = start + 1;
        while (place < text.Length && (char.IsAsciiLetterOrDigit(text[place]) || text[place] is '_' or '.' or ':' || (isNumber && text[place] is '-' or '+')))
        {
            place++;
        }

        tokens.Add(new SoqlToken(isNumber ? TokenKind.Number : TokenKind.Word, text[start..place], start));
        return place;
    }

    private static int Quoted(string text, int start, List<SoqlToken> tokens)
    {
        var value = new StringBuilder();
        var place = start + 1;
        while (place < text.Length && text[place] != '\'')
        {
            if (text[place] is '\n' or '\r')
            {
                break;
            }

            if (text[place] != '\\')
            {
                value.Append(text[place++]);
                continue;
            }

            place += Escape(text, place, value);
        }

        if (place >= text.Length || text[place] != '\'')
        {
            throw SoqlException.At("MALFORMED_QUERY", text, start, "unexpected token: '''");
        }

        if (value.Length > LongestString)
        {
            throw SoqlException.At("MALFORMED_QUERY", text, start, $"filter string exceeds {LongestString} characters");
        }

        tokens.Add(new SoqlToken(TokenKind.Text, value.ToString(), start));
        return place + 1;
    }

    /// <summary>Keeps the backslash before a wildcard and before another backslash: only LIKE knows what they mean there.</summary>
    private static int Escape(string text, int place, StringBuilder value)
    {
        var next = place + 1 < text.Length ? text[place + 1] : '\0';
        switch (next)
        {
            case '\'' or '"':
                value.Append(next);
                return 2;
            case '\\':
                value.Append(@"\\");
                return 2;
            case 'n' or 'N':
                value.Append('\n');
                return 2;
            case 'r' or 'R':
                value.Append('\r');
                return 2;
            case 't' or 'T':
                value.Append('\t');
                return 2;
            case 'b' or 'B':
                value.Append('\b');
                return 2;
            case 'f' or 'F':
                value.Append('\f');
                return 2;
            case '_' or '%':
                value.Append('\\').Append(next);
                return 2;
            case 'u' when place + 6 <= text.Length && ushort.TryParse(text.AsSpan(place + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                value.Append(code == '\\' ? @"\\" : ((char)code).ToString());
                return 6;
            default:
                throw SoqlException.At("MALFORMED_QUERY", text, place, "Invalid string literal: illegal character sequence '\\" + (next == '\0' ? "" : next.ToString()) + "'");
        }
    }
}
