using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>HubSpot writes every value as text. What cannot be understood is unknown, never zero or false.</summary>
internal static class HubSpotValues
{
    // Fewer digits than overflow a whole number: nearly every count, and quicker to read than a decimal.
    private const int MostDigits = 10;

    public static FactValue Parse(FactType type, string? text) => type switch
    {
        FactType.Text => FactValue.Of(text),
        FactType.Number => FactValue.Of(Number(text)),
        FactType.Flag => FactValue.Of(Flag(text)),
        FactType.Instant => FactValue.Of(HubSpotStreams.Instant(text)),
        FactType.Choices => FactValue.Of(Choices(text)),
        FactType.Bant => FactValue.Of(Bant(text)),
        _ => FactValue.Unknown,
    };

    /// <summary>Plain digits, and the <c>1.0E7</c> that calculated numbers come as.</summary>
    public static decimal? Number(string? text) => text?.Length < MostDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(string? text) => IsOneOf(text, "true", "1", "yes", "ja") ? true : IsOneOf(text, "false", "0", "no", "nej") ? false : null;

    public static IReadOnlyList<string> Choices(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Two lists, of which the second joins each id with the instant of its merge.</summary>
    public static IEnumerable<string> FormerIds(HubSpotObject contact) =>
        Choices(contact["hs_merged_object_ids"])
            .Concat(Choices(contact["hs_calculated_merged_vids"]).Select(pair => pair.Split(':')[0]))
            .Where(id => id != contact.Id)
            .Distinct();

    private static BantAnswer Bant(string? text) => IsOneOf(text, "true", "yes", "ja", "met") ? BantAnswer.Met
        : IsOneOf(text, "false", "no", "nej", "notmet", "not_met") ? BantAnswer.NotMet
        : BantAnswer.Unknown;

    private static bool IsOneOf(string? text, params ReadOnlySpan<string> words)
    {
        var trimmed = text.AsSpan().Trim();
        foreach (var word in words)
            if (trimmed.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
