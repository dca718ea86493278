using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>HubSpot writes every value as text. What cannot be understood is unknown, never zero or false.</summary>
internal static class HubSpotValues
{
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
    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "ja" => true,
        "false" or "0" or "no" or "nej" => false,
        _ => null,
    };

    public static IReadOnlyList<string> Choices(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Two lists, of which the second joins each id with the instant of its merge.</summary>
    public static IEnumerable<string> FormerIds(HubSpotObject contact) =>
        Choices(contact["hs_merged_object_ids"])
            .Concat(Choices(contact["hs_calculated_merged_vids"]).Select(pair => pair.Split(':')[0]))
            .Where(id => id != contact.Id)
            .Distinct();

    private static BantAnswer Bant(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "yes" or "ja" or "met" => BantAnswer.Met,
        "false" or "no" or "nej" or "notmet" or "not_met" => BantAnswer.NotMet,
        _ => BantAnswer.Unknown,
    };
}
