namespace CrmSync.Leads.Calendars;

/// <summary>The Sunday that a third of the year's holidays move with.</summary>
public static class Easter
{
    /// <summary>Easter Sunday of a Gregorian year from 1583 on: the Sunday after the church's full moon of spring.</summary>
    public static DateOnly Sunday(int year)
    {
        var (century, yearOfCentury) = Math.DivRem(year, 100);
        var golden = year % 19;
        // The church's moon, mended for the leap days that centuries leave out and for the month's true length.
        var moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - moon - yearOfCentury % 4) % 7;
        var late = (golden + 11 * moon + 22 * weekday) / 451;
        var (month, day) = Math.DivRem(moon + weekday - 7 * late + 114, 31);
        return new(year, month, day + 1);
    }
}
