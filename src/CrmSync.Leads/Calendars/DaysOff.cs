namespace CrmSync.Leads.Calendars;

/// <summary>
/// Days on which a company does not work, or closes early, whatever weekday they are: holidays of countries, and single dates.
/// A short day outweighs a country's customary holidays taken together; it does not outweigh a holiday by law, one named alone,
/// or a date.
/// </summary>
public sealed class DaysOff
{
    private readonly Holiday[] _holidays;
    private readonly Holiday[] _customary;
    private readonly Dictionary<DateOnly, TimeOnly> _shortDates;
    private readonly ShortDay[] _shortHolidays;

    public DaysOff(IReadOnlyList<CountryDays> countries, IReadOnlySet<DateOnly> dates, IReadOnlyList<ShortDay>? shortDays = null)
    {
        (Countries, Dates, ShortDays) = (countries, dates, shortDays ?? []);
        _holidays = [.. countries.Where(country => country.Which != CountryDays.Custom).SelectMany(country => country.Holidays).Distinct()];
        _customary = [.. countries.Where(country => country.Which == CountryDays.Custom).SelectMany(country => country.Holidays).Distinct()];
        _shortDates = ShortDays.Where(cut => cut.Date is not null).GroupBy(cut => cut.Date!.Value).ToDictionary(same => same.Key, same => same.Min(cut => cut.Until));
        _shortHolidays = [.. ShortDays.Where(cut => cut.Date is null)];
    }

    public static DaysOff None { get; } = new([], new HashSet<DateOnly>());

    public IReadOnlyList<CountryDays> Countries { get; }
    public IReadOnlySet<DateOnly> Dates { get; }
    public IReadOnlyList<ShortDay> ShortDays { get; }

    public bool IsEmpty => Countries.Count == 0 && Dates.Count == 0 && ShortDays.Count == 0;

    /// <summary>Whether nobody works on a day at all.</summary>
    public bool Contains(DateOnly day)
    {
        if (Dates.Contains(day))
            return true;
        if (_holidays.Length + _customary.Length == 0)
            return false;
        var afterEaster = AfterEaster(day);
        return Array.Exists(_holidays, holiday => holiday.IsOn(day, afterEaster))
            || (Array.Exists(_customary, holiday => holiday.IsOn(day, afterEaster)) && Until(day) is null);
    }

    /// <summary>When work ends on a day that is cut short, the earliest of several; null: on any other day.</summary>
    public TimeOnly? Until(DateOnly day)
    {
        if (ShortDays.Count == 0)
            return null;
        TimeOnly? until = _shortDates.TryGetValue(day, out var dated) ? dated : null;
        var afterEaster = _shortHolidays.Length == 0 ? 0 : AfterEaster(day);
        foreach (var cut in _shortHolidays)
            if (cut.IsOn(day, afterEaster) && !(until <= cut.Until))
                until = cut.Until;
        return until;
    }

    private static int AfterEaster(DateOnly day) => day.DayNumber - Easter.Sunday(day.Year).DayNumber;

    /// <summary>Every day off of a year, in order.</summary>
    public IEnumerable<DateOnly> In(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            if (Contains(day))
                yield return day;
    }
}
