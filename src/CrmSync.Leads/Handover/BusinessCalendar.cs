using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>When a company works: hours per weekday in one zone, and days off. Answers in UTC; summer time is the zone's affair.</summary>
public sealed class BusinessCalendar
{
    private readonly Dictionary<DayOfWeek, OpeningHours> _hours;
    private readonly IReadOnlySet<DateOnly> _holidays;

    /// <exception cref="ArgumentException">No day has opening hours, so that no deadline could ever pass.</exception>
    public BusinessCalendar(TimeZoneInfo zone, IEnumerable<OpeningHours> hours, IReadOnlySet<DateOnly>? holidays = null)
    {
        Zone = zone;
        _hours = hours.Where(day => day.From < day.To).ToDictionary(day => day.Day);
        _holidays = holidays ?? new HashSet<DateOnly>();
        if (_hours.Count == 0)
            throw new ArgumentException("A calendar needs opening hours on one weekday at least.", nameof(hours));
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>The calendar that the rule file describes.</summary>
    public static BusinessCalendar Of(SlaSettings settings) =>
        new(TimeZoneInfo.FindSystemTimeZoneById(settings.Zone), settings.Hours, settings.Holidays);

    /// <summary>The local day on which an instant falls.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Opening and closing instant of a day, or null for a day off.</summary>
    public (DateTimeOffset Opens, DateTimeOffset Closes)? HoursOn(DateOnly day) =>
        _hours.TryGetValue(day.DayOfWeek, out var hours) && !_holidays.Contains(day)
            ? (At(day, hours.From), At(day, hours.To))
            : null;

    /// <summary>The instant itself if it lies in opening hours, else the next opening.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset instant)
    {
        for (var day = DayOf(instant); ; day = day.AddDays(1))
            if (HoursOn(day) is { } hours && instant < hours.Closes)
                return instant > hours.Opens ? instant.ToUniversalTime() : hours.Opens;
    }

    /// <summary>A local time of day as an instant. A time that summer time skips is taken an hour later, a doubled one the first time.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
