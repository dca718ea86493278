using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>
/// Counts working time. A business day ends at the same time of day on the next working day; what starts outside opening
/// hours starts at the next opening.
/// </summary>
public sealed class SlaClock(BusinessCalendar calendar)
{
    /// <summary>The local day on which an instant falls.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => calendar.DayOf(instant);

    /// <summary>The UTC instant at which so much working time has passed.</summary>
    public DateTimeOffset DueAt(DateTimeOffset from, WorkingTime time) => time.Unit == WorkingTimeUnit.BusinessDays
        ? AddDays(calendar.NextOpen(from), time.Amount)
        : AddHours(calendar.NextOpen(from), TimeSpan.FromHours(time.Amount));

    /// <summary>
    /// The instant at which a share (in percent) of the time to a deadline has passed, for reminders; 100 is the deadline itself.
    /// Of one that is set: later edits of the time to answer leave it where it is.
    /// </summary>
    public DateTimeOffset ShareAt(DateTimeOffset from, DateTimeOffset due, int percent) =>
        percent == 100 ? due.ToUniversalTime() : AddHours(calendar.NextOpen(from), Between(from, due) * percent / 100);

    /// <summary>Working time between two instants; zero if they are the wrong way round.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var total = TimeSpan.Zero;
        if (to <= from)
            return total;
        for (var day = calendar.DayOf(from); day <= calendar.DayOf(to); day = day.AddDays(1))
        {
            if (calendar.HoursOn(day) is not { } hours)
                continue;
            var (start, end) = (hours.Opens > from ? hours.Opens : from, hours.Closes < to ? hours.Closes : to);
            if (end > start)
                total += end - start;
        }
        return total;
    }

    private DateTimeOffset AddHours(DateTimeOffset open, TimeSpan left)
    {
        for (var day = calendar.DayOf(open); ; day = day.AddDays(1))
        {
            if (calendar.HoursOn(day) is not { } hours)
                continue;
            var start = open > hours.Opens ? open : hours.Opens;
            var room = hours.Closes > start ? hours.Closes - start : TimeSpan.Zero;
            if (left <= room)
                return start + left;
            left -= room;
        }
    }

    private DateTimeOffset AddDays(DateTimeOffset open, int days)
    {
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(open, calendar.Zone).DateTime);
        var day = calendar.DayOf(open);
        while (days > 0)
        {
            day = day.AddDays(1);
            days -= calendar.HoursOn(day) is null ? 0 : 1;
        }
        // A day with other hours: not before it opens, and not after it closes.
        var (opens, closes) = calendar.HoursOn(day) ?? (open, open);
        var due = calendar.At(day, time);
        return due < opens ? opens : due > closes ? closes : due;
    }
}
