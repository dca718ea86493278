using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>sla:</c>, the time sales has to answer and the hours that count.</summary>
internal static class SlaSection
{
    private static readonly string[] Keys = ["zone", "hours", "holidays", "answer", "handRaise", "escalateAt"];

    private static readonly (string Word, DayOfWeek Day)[] Days =
    [
        ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
        ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday),
    ];

    private static readonly IReadOnlyList<OpeningHours> Usual =
        [.. Days.Take(5).Select(day => new OpeningHours(day.Day, new TimeOnly(8, 0), new TimeOnly(16, 0)))];

    internal static SlaSettings Read(MapReader file, SilencePolicy silence)
    {
        var usual = new SlaSettings { Hours = Usual, Silence = silence };
        if (file.Map("sla", Keys) is not { } map)
            return usual;
        var hours = map.Map("hours", [.. Days.Select(day => day.Word)]);
        if (hours is { At: YamlMap { Entries.Count: 0 } })
            map.Problems.Error(hours.At, "Without opening hours no deadline can ever pass.", "Write hours: { mon: 08:00-16:00 }.");
        return usual with
        {
            Zone = Zone(map) ?? usual.Zone,
            Hours = hours is null ? Usual : [.. Days.Select(day => Hours(hours, day.Word, day.Day)).OfType<OpeningHours>()],
            Holidays = HolidaysReader.Read(map),
            Answer = Spans.Working(map, "answer") ?? usual.Answer,
            HandRaise = Spans.Working(map, "handRaise") ?? usual.HandRaise,
            EscalateAt = map.Has("escalateAt") ? [.. map.Texts("escalateAt").Select(text => Percent(map, text))] : usual.EscalateAt,
        };
    }

    /// <summary>What a policy says otherwise; what it leaves out is as in <paramref name="inherited"/>.</summary>
    internal static AnswerTimes? OfPolicy(MapReader policy, AnswerTimes? inherited)
    {
        if (policy.Map("sla", ["answer", "handRaise"]) is not { } map)
            return inherited;
        return new(Spans.Working(map, "answer") ?? inherited?.Answer, Spans.Working(map, "handRaise") ?? inherited?.HandRaise);
    }

    private static OpeningHours? Hours(MapReader map, string word, DayOfWeek day)
    {
        if (map.Find(word) is not { } node)
            return null;
        var ends = node is YamlText text ? text.Value.Split('-') : [];
        if (ends.Length == 2 && Spans.Time(ends[0]) is { } from && Spans.Time(ends[1]) is { } to && from < to)
            return new(day, from, to);
        map.Problems.Error(node, $"'{word}' must be opening hours within one day.", "Write 08:00-16:00.");
        return null;
    }

    private static int Percent(MapReader map, YamlText text)
    {
        if (int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 1000)
            return percent;
        map.Problems.Error(text, "This must be a percentage of the deadline.", "Write escalateAt: [50, 100].");
        return 100;
    }

    private static string? Zone(MapReader map)
    {
        var zone = map.Text("zone");
        if (zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            return zone;
        map.Problems.Error(map.Find("zone")!, $"No time zone is named '{zone}'.", "Write an IANA name such as Europe/Copenhagen.");
        return null;
    }
}
