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
