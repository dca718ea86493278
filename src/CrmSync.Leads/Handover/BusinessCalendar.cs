using CrmSync.Leads.Calendars;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>When a company works: hours per weekday in one zone, and days off. Answers in UTC; summer time is the zone's affair.</summary>
public sealed class BusinessCalendar
{
    // Offsets from UTC lie within 14 hours, and what a zone skips within the hours beside it.
    private const int MinutesAround = 2 * 24 * 60;

    private readonly Dictionary<DayOfWeek, OpeningHours> _hours;
    private readonly DaysOff _daysOff;

    /// <exception cref="ArgumentException">No day has opening hours, so that no deadline could ever pass.</exception>
    public BusinessCalendar(TimeZoneInfo zone, IEnumerable<OpeningHours> hours, DaysOff? daysOff = null)
    {
        Zone = zone;
        _hours = hours.Where(day => day.From < day.To).ToDictionary(day => day.Day);
        _daysOff = daysOff ?? DaysOff.None;
        if (_hours.Count == 0)
            throw new ArgumentException("A calendar needs opening hours on one weekday at least.", nameof(hours));
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>The calendar that the rule file describes.</summary>
    public static BusinessCalendar Of(SlaSettings settings) =>
        new(TimeZoneInfo.FindSystemTimeZoneById(settings.Zone), settings.Hours, settings.Holidays);

    /// <summary>The local day on which an instant falls.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Opening and closing instant of a day; null for a day off, one that ends before it opens, and where summer time skips all of its hours.</summary>
    public (DateTimeOffset Opens, DateTimeOffset Closes)? HoursOn(DateOnly day)
    {
        if (!_hours.TryGetValue(day.DayOfWeek, out var hours) || _daysOff.Contains(day))
            return null;
        var to = _daysOff.Until(day) is { } until && until < hours.To ? until : hours.To;
        var (opens, closes) = (At(day, hours.From), At(day, to));
        return opens < closes ? (opens, closes) : null;
    }

    /// <summary>The instant itself if it lies in opening hours, else the next opening.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset instant)
    {
        for (var day = DayOf(instant); ; day = day.AddDays(1))
            if (HoursOn(day) is { } hours && instant < hours.Closes)
                return instant > hours.Opens ? instant.ToUniversalTime() : hours.Opens;
    }

    /// <summary>The first instant at which clocks show a local time of day, or have passed it where summer time skips it.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
            return EndOfGap(local);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>When clocks were put forward over a local time. Gaps differ: an hour as a rule, half of one on Lord Howe.</summary>
    private DateTimeOffset EndOfGap(DateTime skipped)
    {
        var around = new DateTimeOffset(skipped.Ticks - skipped.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-MinutesAround / 2);
        var (before, after) = (0, MinutesAround);
        while (after - before > 1)
        {
            var middle = (before + after) / 2;
            if (TimeZoneInfo.ConvertTime(around.AddMinutes(middle), Zone).DateTime < skipped)
                before = middle;
            else
                after = middle;
        }
        return around.AddMinutes(after);
    }
}
