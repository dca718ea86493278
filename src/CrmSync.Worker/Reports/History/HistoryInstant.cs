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
        var wrong = 0;
        var (year, month, day) = (Two(text, 0, ref wrong) * 100 + Two(text, 2, ref wrong), Two(text, 5, ref wrong), Two(text, 8, ref wrong));
        if (wrong < 0 || text[4] != '-' || text[7] != '-')
            return false;
        if (year is < 1900 or >= 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return true;
    }

    // THH:mm:ssZ, or with milliseconds.
    private static bool TryTime(ReadOnlySpan<byte> text, out long ticks)
    {
        var (wrong, milliseconds, isLong) = (0, 0, text.Length > TimeLength + 1);
        var (hours, minutes, seconds) = (Two(text, 11, ref wrong), Two(text, 14, ref wrong), Two(text, 17, ref wrong));
        if (isLong)
            milliseconds = Two(text, 20, ref wrong) * 10 + Two(text, 21, ref wrong) % 10;
        ticks = ((hours * 60L + minutes) * 60 + seconds) * TimeSpan.TicksPerSecond + milliseconds * TimeSpan.TicksPerMillisecond;
        return wrong >= 0 && text[10] is (byte)'T' or (byte)' ' && text[13] == ':' && text[16] == ':' && text[^1] == 'Z' && (!isLong || text[19] == '.')
            && hours <= 23 && minutes <= 59 && seconds <= 59;
    }

    /// <param name="wrong">Becomes less than zero where they are no digits.</param>
    private static int Two(ReadOnlySpan<byte> text, int at, ref int wrong)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        wrong |= tens | (9 - tens) | ones | (9 - ones);
        return tens * 10 + ones;
    }
}
