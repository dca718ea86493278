using System.Text;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>Reads instants of a history file: ISO 8601, without an offset in UTC; a date alone is 00:00 UTC. The usual forms are read as they lie, in UTF-8.</summary>
internal static class HistoryInstant
{
    private const int DateLength = 10;
    private const int TimeLength = 19;
    private static readonly InstantReader Others = new(TimeZoneInfo.Utc, []);

    /// <summary>Ticks in UTC; null for anything else, and beyond the years 1900 to 2199.</summary>
    public static long? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (DateLength or TimeLength + 1 or TimeLength + 5) || !TryDate(text, out var ticks))
            return Others.Parse(Encoding.UTF8.GetString(text))?.UtcTicks;
        if (text.Length == DateLength)
            return ticks;
        return TryTime(text, out var time) ? ticks + time : Others.Parse(Encoding.UTF8.GetString(text))?.UtcTicks;
    }

    /// <summary>As of a text in UTF-8.</summary>
    public static long? Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private static bool TryDate(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[4] != '-' || text[7] != '-' || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day))
            return false;
        if (year is < 1900 or >= 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return true;
    }

    // THH:mm:ssZ, or with milliseconds.
    private static bool TryTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        var milliseconds = 0;
        if (text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':' || text[^1] != 'Z'
            || !TryNumber(text[11..13], out var hours) || !TryNumber(text[14..16], out var minutes) || !TryNumber(text[17..19], out var seconds)
            || (text.Length > TimeLength + 1 && (text[19] != '.' || !TryNumber(text[20..23], out milliseconds)))
            || hours > 23 || minutes > 59 || seconds > 59)
            return false;
        ticks = new TimeSpan(0, hours, minutes, seconds, milliseconds).Ticks;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var letter in digits)
        {
            var digit = (uint)letter - '0';
            if (digit > 9)
                return false;
            number = number * 10 + (int)digit;
        }
        return true;
    }
}
