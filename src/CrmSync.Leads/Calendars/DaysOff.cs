namespace CrmSync.Leads.Calendars;

/// <summary>Holidays that count: those of a country by law, all that are customary there too, or one by its code.</summary>
/// <param name="Which"><see cref="Law"/>, <see cref="Custom"/>, or the code of a holiday.</param>
public sealed record CountryDays(string Country, string Which = CountryDays.Law)
{
    /// <summary>The public holidays.</summary>
    public const string Law = "public";

    /// <summary>The customary ones beside them.</summary>
    public const string Custom = "customary";

    /// <summary>The holidays that are meant; none if the country or the code is unknown.</summary>
    public IEnumerable<Holiday> Holidays => Calendars.Holidays.ByCountry.GetValueOrDefault(Country, []).Where(IsMeant);

    private bool IsMeant(Holiday holiday) => Which switch
    {
        Law => holiday.Kind == HolidayKind.Public,
        Custom => holiday.Kind == HolidayKind.Customary,
        _ => holiday.Code == Which,
    };
}

/// <summary>Days on which a company does not work, whatever weekday they are: holidays of countries, and single dates.</summary>
public sealed class DaysOff
{
    private readonly Holiday[] _holidays;

    public DaysOff(IReadOnlyList<CountryDays> countries, IReadOnlySet<DateOnly> dates)
    {
        (Countries, Dates) = (countries, dates);
        _holidays = [.. countries.SelectMany(country => country.Holidays).Distinct()];
    }

    public static DaysOff None { get; } = new([], new HashSet<DateOnly>());

    public IReadOnlyList<CountryDays> Countries { get; }
    public IReadOnlySet<DateOnly> Dates { get; }

    public bool IsEmpty => Countries.Count == 0 && Dates.Count == 0;

    public bool Contains(DateOnly day)
    {
        if (Dates.Contains(day))
            return true;
        if (_holidays.Length == 0)
            return false;
        var afterEaster = day.DayNumber - Easter.Sunday(day.Year).DayNumber;
        return Array.Exists(_holidays, holiday => holiday.IsOn(day, afterEaster));
    }

    /// <summary>Every day off of a year, in order.</summary>
    public IEnumerable<DateOnly> In(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
            if (Contains(day))
                yield return day;
    }
}
