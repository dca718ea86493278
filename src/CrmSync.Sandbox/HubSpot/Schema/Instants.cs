using System.Globalization;

namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>Instants as HubSpot writes them: like Java's Instant, without a fraction when it is zero.</summary>
internal static class Instants
{
    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(
        instant.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads ISO 8601 in UTC, or epoch milliseconds. Digits that can only be seconds are refused.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            var isPlausible = Math.Abs(number) is 0 or > 100_000_000_000 and < 100_000_000_000_000;
            instant = isPlausible ? DateTimeOffset.FromUnixTimeMilliseconds(number) : default;
            return isPlausible;
        }

        instant = default;
        return text.Length >= 10 && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }
}
