using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Times as rule files write them: <c>30d</c>, <c>24h</c>, <c>1 business day</c>, <c>4 business hours</c>, <c>16:00</c>.</summary>
internal static class Spans
{
    private const int LongestDays = 3650;

    internal static TimeSpan? Read(MapReader map, string key, bool required = false)
    {
        if ((required ? map.Require(key) : map.Find(key)) is not { } node)
            return null;
        if (node is YamlText text && Parse(text.Value) is { } span && span > TimeSpan.Zero && span.TotalDays <= LongestDays)
            return span;
        map.Problems.Error(node, $"'{key}' must be a length of time up to {LongestDays} days.", "Write days as 30d or hours as 24h.");
        return null;
    }

    internal static WorkingTime? Working(MapReader map, string key)
    {
        if (map.Find(key) is not { } node)
            return null;
        var parts = node is YamlText text ? text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        if (parts is [var amount, "business", "day" or "days" or "hour" or "hours"]
            && int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 500)
            return new(number, parts[2].StartsWith('d') ? WorkingTimeUnit.BusinessDays : WorkingTimeUnit.BusinessHours);
        map.Problems.Error(node, $"'{key}' must be a length of working time.", "Write '1 business day' or '4 business hours'.");
        return null;
    }

    /// <summary>Days or hours, zero too, or null.</summary>
    internal static TimeSpan? Parse(string? text)
    {
        if (text is not { Length: >= 2 } || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return text[^1] switch
        {
            'd' when number <= LongestDays => TimeSpan.FromDays(number),
            'h' when number <= LongestDays * 24 => TimeSpan.FromHours(number),
            _ => null,
        };
    }

    /// <summary>A time of day, in hours and minutes, or null.</summary>
    internal static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
