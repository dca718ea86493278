using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>How much of a stretch of time somebody was at work.</summary>
public static class WorkedTime
{
    // Beyond it, day by day is too slow, and an answer that late is none.
    private const int MostDays = 3_660;

    /// <summary>The opening hours between two instants; nothing if the second is the earlier.</summary>
    public static TimeSpan Between(BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        var worked = TimeSpan.Zero;
        if (to <= from)
            return worked;
        var (day, last) = (calendar.DayOf(from), calendar.DayOf(to));
        for (var days = 0; day <= last && days < MostDays; day = day.AddDays(1), days++)
        {
            if (calendar.HoursOn(day) is not { } hours)
                continue;
            var (begins, ends) = (hours.Opens > from ? hours.Opens : from, hours.Closes < to ? hours.Closes : to);
            if (begins < ends)
                worked += ends - begins;
        }
        return worked;
    }
}
