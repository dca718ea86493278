using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Values;

/// <summary>Values as CRMs write them in text. What cannot be understood is unknown, never zero or false.</summary>
internal static class RawValues
{
    // Fewer digits than overflow a whole number: nearly every count, and quicker to read than a decimal.
    private const int MostDigits = 10;

    /// <param name="instant">Reads an instant in the vendor's forms.</param>
    public static FactValue Parse(FactType type, string? text, Func<string?, DateTimeOffset?> instant) => type switch
    {
        FactType.Text => FactValue.Of(text),
        FactType.Number => FactValue.Of(Number(text)),
        FactType.Flag => FactValue.Of(Flag(text)),
        FactType.Instant => FactValue.Of(instant(text)),
        FactType.Choices => FactValue.Of(Choices(text)),
        FactType.Bant => FactValue.Of(Bant(text)),
        _ => FactValue.Unknown,
    };

    /// <summary>Plain digits, and the <c>1.0E7</c> that calculated numbers come as.</summary>
    public static decimal? Number(string? text) => text?.Length < MostDigits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Flag(string? text) => IsOneOf(text, "true", "1", "yes", "ja") ? true : IsOneOf(text, "false", "0", "no", "nej") ? false : null;

    /// <summary>Several choices are joined by a semicolon.</summary>
    public static IReadOnlyList<string> Choices(string? text) =>
        text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The account's option values as the product's; as they are where nothing is mapped.</summary>
    public static string Translated(IReadOnlyDictionary<string, string>? values, string raw) =>
        values is null ? raw : string.Join(';', Choices(raw).Select(v => values.GetValueOrDefault(v, v)));

    public static string? DomainOf(string? email) => email?.LastIndexOf('@') is > 0 and var at ? email[(at + 1)..].ToLowerInvariant() : null;

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
