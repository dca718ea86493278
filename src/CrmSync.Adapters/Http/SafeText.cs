using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrmSync.Adapters.Http;

/// <summary>
/// Text that every store takes: U+0000, lone surrogates and broken UTF-8 become U+FFFD at the edge. System.Text.Json
/// lets all three through and throws when the text is asked for.
/// </summary>
internal static partial class SafeText
{
    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return Clean(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Clean(Unescape(Raw(ref reader)));
        }
    }

    public static string Raw(ref Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);

    public static string Clean(string text)
    {
        if (IsClean(text))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(text[i] == '\0' || char.IsSurrogate(text[i]) ? '\uFFFD' : text[i]);
        }
        return clean.ToString();
    }

    private static bool IsClean(ReadOnlySpan<char> text) => !text.Contains('\0') && !text.ContainsAnyInRange('\uD800', '\uDFFF');

    private static string Unescape(string raw) => Escape().Replace(raw, match => match.Value[1] switch
    {
        'u' => ((char)ushort.Parse(match.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'b' => "\b",
        'f' => "\f",
        var c => c.ToString(),
    });

    [GeneratedRegex(@"\\(u[0-9a-fA-F]{4}|.)")]
    private static partial Regex Escape();
}
