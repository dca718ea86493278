using System.Globalization;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Reads instants: ISO 8601 with an offset or <c>Z</c>, and dates and times without one, which are local to a zone, in ISO or in
/// formats of the file's own. A date alone is its first moment.
/// </summary>
internal sealed class InstantReader(TimeZoneInfo zone, IReadOnlyList<string> formats)
{
    internal const string Expected = "a date or an instant from 1900 to 2200, such as 2026-11-23 or 2026-11-23T10:15:00+01:00";

    private static readonly string[] WithOffset =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    private readonly string[] _local =
    [
        .. formats, "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
    ];

    /// <summary>The instant in UTC, or null for anything else. A time that summer time skips is taken an hour later.</summary>
    internal DateTimeOffset? Parse(string text)
    {
        const int Longest = 60;
        if (text.Length > Longest)
            return null;
        if (HasOffset(text))
            return DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                ? InReach(instant.UtcDateTime)
                : null;
        return DateTime.TryParseExact(text, _local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && InReach(local) is not null
            ? Located(DateTime.SpecifyKind(local, DateTimeKind.Unspecified))
            : null;
    }

    private DateTimeOffset Located(DateTime local)
    {
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    // Beyond these years an instant is a mistake or a placeholder.
    private static DateTimeOffset? InReach(DateTime utc) => utc.Year is >= 1900 and < 2200 ? new DateTimeOffset(utc.Ticks, TimeSpan.Zero) : null;

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || (text.Length > 10 && text[^6] is '+' or '-' && text[^3] == ':');
}
