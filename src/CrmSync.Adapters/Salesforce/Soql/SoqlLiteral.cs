using System.Globalization;
using System.Text;

namespace CrmSync.Adapters.Salesforce.Soql;

/// <summary>A value as a query writes it. Text is escaped here and nowhere else; instants are UTC to the second, whatever the culture.</summary>
internal readonly record struct SoqlLiteral
{
    private SoqlLiteral(string written) => Written = written;

    public string Written { get; }

    public static SoqlLiteral Null { get; } = new("null");

    public static SoqlLiteral Of(bool value) => new(value ? "true" : "false");

    public static SoqlLiteral Of(DateTimeOffset instant) => new(instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH':'mm':'ss'Z'", CultureInfo.InvariantCulture));

    public static SoqlLiteral Of(string text)
    {
        var written = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var c in text)
            Append(written, c);
        return new(written.Append('\'').ToString());
    }

    /// <summary>
    /// The backslash is escaped like the quote: left alone, one at the end of a text would open the literal. Line ends and control
    /// characters get an escape of their own; of the rest a query takes everything as it is.
    /// </summary>
    private static void Append(StringBuilder written, char c)
    {
        switch (c)
        {
            case '\\' or '\'' or '"':
                written.Append('\\').Append(c);
                break;
            case '\n':
                written.Append("\\n");
                break;
            case '\r':
                written.Append("\\r");
                break;
            case '\t':
                written.Append("\\t");
                break;
            case < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029':
                written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                break;
            default:
                written.Append(c);
                break;
        }
    }
}
