namespace CrmSync.Leads.Calendars;

/// <summary>Days on which a company works and closes early, whatever weekday they are: holidays of a country, or a single date.</summary>
public sealed class ShortDay
{
    private readonly Holiday[] _holidays;

    /// <param name="until">When work ends, local time; the usual opening stays.</param>
    public ShortDay(CountryDays country, TimeOnly until) => (Country, Until, _holidays) = (country, until, [.. country.Holidays]);

    /// <inheritdoc cref="ShortDay(CountryDays, TimeOnly)"/>
    public ShortDay(DateOnly date, TimeOnly until) => (Date, Until, _holidays) = (date, until, []);

    /// <summary>Null where it is a date.</summary>
    public CountryDays? Country { get; }

    /// <summary>Null where it is holidays.</summary>
    public DateOnly? Date { get; }
    public TimeOnly Until { get; }

    internal bool IsOn(DateOnly day, int afterEaster) => day == Date || Array.Exists(_holidays, holiday => holiday.IsOn(day, afterEaster));
}
