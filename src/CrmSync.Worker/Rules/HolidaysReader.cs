using System.Globalization;
using CrmSync.Leads.Calendars;

namespace CrmSync.Worker.Rules;

/// <summary>
/// Reads <c>holidays:</c>, days of countries and single dates in one list, and those that only end early:
/// <c>[DK, DK/constitution-day, 2026-12-31, { day: DK/christmas-eve, until: 12:00 }]</c>.
/// </summary>
internal static class HolidaysReader
{
    internal static DaysOff Read(MapReader map)
    {
        var (countries, dates, cut) = (new List<CountryDays>(), new HashSet<DateOnly>(), new List<ShortDay>());
        foreach (var node in map.Items("holidays"))
        {
            if (node is YamlMap entry)
                cut.AddRange(Short(new(entry, map.Problems, "A short day", ["day", "until"])) is { } day ? [day] : []);
            else if (map.AsText(node) is { } text)
                Add(map, text, countries, dates);
        }
        return new(countries, dates, cut);
    }

    private static void Add(MapReader map, YamlText text, List<CountryDays> countries, HashSet<DateOnly> dates)
    {
        if (Date(text) is { } date)
            dates.Add(date);
        else if (Country(map, text) is { } country && !countries.Contains(country))
            countries.Add(country);
    }

    private static ShortDay? Short(MapReader entry)
    {
        var (day, until) = (entry.Require("day") is { } named ? entry.AsText(named) : null, Until(entry));
        var (date, country) = day is null ? (null, null) : Date(day) is { } known ? (known, null) : (default(DateOnly?), Country(entry, day));
        return until is not { } end ? null
            : date is { } single ? new(single, end)
            : country is null ? null : new(country, end);
    }

    private static TimeOnly? Until(MapReader entry)
    {
        if (entry.Require("until") is not { } node)
            return null;
        if (node is YamlText text && Spans.Time(text.Value) is { } until && until > TimeOnly.MinValue)
            return until;
        entry.Problems.Error(node, "'until' must be the time at which work ends that day.", "Write until: 12:00; a whole day off is written without it.");
        return null;
    }

    private static DateOnly? Date(YamlText text) =>
        DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

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
