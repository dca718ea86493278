using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports;

/// <summary>
/// Reads a period of whole days in a zone: <c>2026</c>, <c>2026-Q1</c>, <c>2026-03</c>, <c>2026-W09</c>, <c>2026-03-05</c>, or two of
/// them with <c>..</c> between, the last one included; either side may be left out.
/// </summary>
internal static class PeriodText
{
    public const string Expected = "a year, quarter, month, week or day such as 2026, 2026-Q1, 2026-03, 2026-W09 or 2026-03-05, or FROM..TO";

    /// <summary>Null: it is none.</summary>
    public static Period? Parse(string text, TimeZoneInfo zone)
    {
        var sides = text.Split("..");
        if (sides.Length > 2)
            return null;
        var (first, last) = (Days(sides[0]), Days(sides[^1]));
        if ((first is null && sides[0].Length > 0) || (last is null && sides[^1].Length > 0) || (first is null && last is null))
            return null;
        var period = new Period(first is { } f ? LocalDays.Midnight(f.From, zone) : null, last is { } l ? LocalDays.Midnight(l.To, zone) : null);
        return period.From >= period.To ? null : period;
    }

    /// <summary>The first day, and the day after the last.</summary>
    private static (DateOnly From, DateOnly To)? Days(string text)
    {
        if (TryDay(text, "yyyy-MM-dd", out var day))
            return (day, day.AddDays(1));
        if (TryDay(text, "yyyy-MM", out var month))
            return (month, month.AddMonths(1));
        if (TryDay(text, "yyyy", out var year))
            return (year, year.AddYears(1));
        if (text.Length < 7 || text[4] != '-' || !TryDay(text[..4], "yyyy", out var start) || !int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        if (text[5] == 'Q' && number is >= 1 and <= 4)
            return (start.AddMonths(3 * (number - 1)), start.AddMonths(3 * number));
        if (text[5] != 'W' || number < 1 || number > ISOWeek.GetWeeksInYear(start.Year))
            return null;
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(start.Year, number, DayOfWeek.Monday));
        return (monday, monday.AddDays(7));
    }

    private static bool TryDay(string text, string format, out DateOnly day) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and < 2200;
}
