using System.Globalization;
using CrmSync.Leads.Calendars;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>holidays:</c>, days of countries and single dates in one list: <c>[DK, DK/christmas-eve, 2026-12-31]</c>.</summary>
internal static class HolidaysReader
{
    internal static DaysOff Read(MapReader map)
    {
        var (countries, dates) = (new List<CountryDays>(), new HashSet<DateOnly>());
        foreach (var text in map.Texts("holidays"))
        {
            if (DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                dates.Add(date);
            else if (Country(map, text) is { } country && !countries.Contains(country))
                countries.Add(country);
        }
        return new(countries, dates);
    }

    private static CountryDays? Country(MapReader map, YamlText text)
    {
        var parts = text.Value.Split('/');
        var name = parts[0].ToUpperInvariant();
        if (!Holidays.ByCountry.TryGetValue(name, out var holidays))
        {
            map.Problems.Error(text, $"'{text.Value}' is neither a date nor a country whose holidays are known.",
                $"Write a date as 2026-12-24, or one of {string.Join(", ", Holidays.ByCountry.Keys)}.");
            return null;
        }
        if (parts.Length == 1)
            return new(name);
        IReadOnlyList<string> known = [CountryDays.Custom, .. holidays.Select(holiday => holiday.Code)];
        if (parts.Length == 2 && known.Contains(parts[1]))
            return new(name, parts[1]);
        map.Problems.Error(text, $"{name} has no holiday '{string.Join('/', parts.Skip(1))}'.",
            $"Write {name} for those by law, {name}/{CountryDays.Custom} for those by custom, or one: {string.Join(", ", holidays.Select(holiday => holiday.Code))}.");
        return null;
    }
}
