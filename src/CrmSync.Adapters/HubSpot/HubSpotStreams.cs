using System.Globalization;

namespace CrmSync.Adapters.HubSpot;

/// <summary>The object types that are watched, and what differs between them.</summary>
internal static class HubSpotStreams
{
    public const string Contacts = "contacts";
    public const string Companies = "companies";
    public const string Deals = "deals";

    /// <summary>Of these ours alone, once they are closed.</summary>
    public const string Tasks = "tasks";

    public static IReadOnlyList<string> All { get; } = [Contacts, Companies, Deals, Tasks];

    /// <summary>Contacts alone spell it without the prefix; filtering on the other one finds nothing.</summary>
    public static string ModifiedProperty(string stream) => stream == Contacts ? "lastmodifieddate" : "hs_lastmodifieddate";

    /// <summary>Instants come as ISO 8601 with or without a fraction, as epoch milliseconds, and dates alone.</summary>
    public static DateTimeOffset? Instant(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (HubSpotInstant.Usual(text) is { } usual)
            return usual;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var instant) ? instant : null;
    }

    public static string Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
