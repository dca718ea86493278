using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Reads the text of a cell as a fact's value. What a cell looks like, a formula or a command, makes no difference: it is text.
/// </summary>
internal sealed class CellValues(LeadMapping mapping)
{
    private static readonly char[] Groups = [' ', '\u00A0', '\u202F', '\''];

    /// <summary>The value; false if the text is none of this type. An empty cell is unknown.</summary>
    internal bool TryRead(MappedColumn column, string text, out FactValue value)
    {
        value = FactValue.Unknown;
        if (text.Length == 0)
            return true;
        text = column.Values.GetValueOrDefault(text, text);
        value = column.Fact.Type switch
        {
            FactType.Text => FactValue.Of(text),
            FactType.Number => FactValue.Of(Number(text)),
            FactType.Flag => FactValue.Of(Flag(text)),
            FactType.Instant => FactValue.Of(mapping.Instants.Parse(text)),
            FactType.Choices => FactValue.Of(Choices(column, text)),
            _ => FactValue.Of(Bant(text)),
        };
        return value.IsKnown || text.Length == 0 || (column.Fact.Type == FactType.Bant && IsOpen(text)) || column.Fact.Type == FactType.Choices;
    }

    /// <summary>What a readable cell would hold.</summary>
    internal string Expected(FactType type) => type switch
    {
        FactType.Number => $"a number such as 1234{mapping.Decimal}5",
        FactType.Flag => "true or false, yes or no, ja or nej, 1 or 0; name other words under 'values'",
        FactType.Instant or FactType.Engagement => $"{InstantReader.Expected}; name other formats under 'dates'",
        FactType.Bant => "met, notMet or unknown; name other words under 'values'",
        _ => "a text",
    };

    /// <summary>A number with the mapping's decimal sign; groups of thousands must be whole.</summary>
    internal decimal? Number(string text)
    {
        const int Longest = 40;
        if (decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
            return plain;
        if (text.Length > Longest)
            return null;
        var point = text.IndexOf(mapping.Decimal, StringComparison.Ordinal);
        var parts = (point < 0 ? text : text[..point]).Split([.. Groups, mapping.Decimal == ',' ? '.' : ',']);
        if (parts.Length > 1 && (parts[0].TrimStart('-').Length is 0 or > 3 || parts.Skip(1).Any(part => part.Length != 3)))
            return null;
        var written = string.Concat(parts) + (point < 0 ? "" : $".{text[(point + 1)..]}");
        return decimal.TryParse(written, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "ja" or "1" => true,
        "false" or "no" or "nej" or "0" => false,
        _ => null,
    };

    private static BantAnswer Bant(string text) => text.ToLowerInvariant() switch
    {
        "met" or "yes" or "ja" or "true" => BantAnswer.Met,
        "notmet" or "no" or "nej" or "false" => BantAnswer.NotMet,
        _ => BantAnswer.Unknown,
    };

    private static bool IsOpen(string text) => text.ToLowerInvariant() is "unknown" or "not known yet" or "ved ikke endnu";

    private List<string> Choices(MappedColumn column, string text) =>
        [.. text.Split(mapping.Lists, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(choice => column.Values.GetValueOrDefault(choice, choice))];
}
