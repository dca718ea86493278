using CrmSync.Leads.Aliases;
using CrmSync.Leads.Calendars;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says which days off the deadline knows.</summary>
internal static class HolidayText
{
    private static readonly AliasTable CountryNames = new(Countries.All);

    // Holidays that a law keeps are known by their country; one by one people name those that are kept by custom, as a rule.
    private static readonly AliasTable Names = new(AliasEntry.ParseTable("""
        new-year | nytårsdag | New Year's Day
        epiphany | helligtrekongersdag | Epiphany
        maundy-thursday | skærtorsdag | Maundy Thursday
        good-friday | langfredag | Good Friday
        easter-sunday | påskedag | Easter Sunday
        easter-monday | 2. påskedag | Easter Monday
        prayer-day | store bededag (til og med 2023) | General Prayer Day (until 2023)
        labour-day | 1. maj | Labour Day
        ascension | Kristi himmelfartsdag | Ascension Day
        ascension-friday | fredagen efter Kristi himmelfartsdag | the Friday after Ascension Day
        whit-sunday | pinsedag | Whit Sunday
        whit-monday | 2. pinsedag | Whit Monday
        constitution-day | grundlovsdag | Constitution Day
        national-day | nationaldagen | National Day
        independence-day | uafhængighedsdagen | Independence Day
        first-day-of-summer | første sommerdag | the First Day of Summer
        commerce-day | handelens fridag | Commerce Day
        unity-day | dagen for Tysklands enhed | German Unity Day
        reformation-day | reformationsdagen (2017) | Reformation Day (2017)
        midsummer | midsommerdag | Midsummer Day
        midsummer-eve | midsommeraften | Midsummer Eve
        all-saints | allehelgensdag | All Saints' Day
        christmas | 1. juledag | Christmas Day
        second-christmas | 2. juledag | the day after Christmas Day
        christmas-eve | juleaftensdag | Christmas Eve
        new-years-eve | nytårsaftensdag | New Year's Eve
        """));

    public static string Of(SlaSettings sla, Wording words)
    {
        if (sla.Holidays.IsEmpty)
            return words["Ingen helligdage er angivet, så de tæller som hverdage", "No holidays are given, so they count as working days"];
        string?[] parts = [Whole(sla.Holidays, words), Short(sla.Holidays, words)];
        return string.Join(". ", parts.OfType<string>());
    }

    private static string? Whole(DaysOff holidays, Wording words)
    {
        var days = holidays.Countries.GroupBy(country => country.Which).Select(which => OfCountries(which.Key, [.. which.Select(country => country.Country)], words))
            .Concat(holidays.Dates.Order().Select(words.Date)).ToList();
        return days.Count == 0 ? null : $"{words["Disse dage tæller ikke", "These days do not count"]}: {words.And(days)}";
    }

    /// <summary>"These days end at 12:00: Christmas Eve in Denmark".</summary>
    private static string? Short(DaysOff holidays, Wording words)
    {
        var times = holidays.ShortDays.GroupBy(day => day.Until).OrderBy(time => time.Key).Select(time =>
            $"{words[$"Disse dage slutter kl. {words.Time(time.Key)}", $"These days end at {words.Time(time.Key)}"]}: {words.And([.. time.Select(Name)])}").ToList();
        return times.Count == 0 ? null : string.Join(". ", times);

        string Name(ShortDay day) => day.Country is { } country ? OfCountries(country.Which, [country.Country], words) : words.Date(day.Date!.Value);
    }

    private static string OfCountries(string which, List<string> countries, Wording words)
    {
        var places = words.And([.. countries.Select(country => CountryNames.Find(country)?.Label(words.Language) ?? country)]);
        return which switch
        {
            CountryDays.Law => words[$"helligdage i {places}", $"public holidays in {places}"],
            CountryDays.Custom => $"{words[$"dage, hvor mange holder fri i {places}", $"days that many take off in {places}"]} ({Customary(countries, words)})",
            _ => words[$"{Name(which, words)} i {places}", $"{Name(which, words)} in {places}"],
        };
    }

    private static string Customary(List<string> countries, Wording words) => string.Join(", ", countries
        .SelectMany(country => new CountryDays(country, CountryDays.Custom).Holidays).Select(holiday => Name(holiday.Code, words)).Distinct());

    private static string Name(string code, Wording words) => Names.Find(code)?.Label(words.Language) ?? code;
}
