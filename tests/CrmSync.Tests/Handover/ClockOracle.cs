using CrmSync.Leads.Rules;

namespace CrmSync.Tests.Handover;

/// <summary>
/// Working time minute by minute: it watches a clock on the wall go by and notes for each minute whether the company is
/// open. A day opens when the clock first shows its opening time or has passed it, and then closes likewise, once.
/// </summary>
internal sealed class ClockOracle
{
    private readonly DateTimeOffset _start;
    private readonly DateTime[] _wall;
    private readonly int[] _openBefore;
    private readonly Dictionary<DateOnly, (int Begins, int Opens, int Closes)> _days = [];

    public ClockOracle(TimeZoneInfo zone, IReadOnlyList<OpeningHours> hours, Func<DateOnly, bool> isOff, Func<DateOnly, TimeOnly?> endsAt, DateTimeOffset start, int minutes)
    {
        (_start, _wall, _openBefore, Minutes) = (start, new DateTime[minutes], new int[minutes + 1], minutes);
        var today = DateOnly.MinValue;
        OpeningHours? todays = null;
        var (begins, opens, closes) = (0, -1, -1);
        for (var minute = 0; minute < minutes; minute++)
        {
            var wall = _wall[minute] = TimeZoneInfo.ConvertTime(start.AddMinutes(minute), zone).DateTime;
            if (DateOnly.FromDateTime(wall) is var day && day > today)
            {
                Note(today, begins, opens, closes);
                (today, begins, opens, closes) = (day, minute, -1, -1);
                todays = isOff(day) ? null : hours.Where(one => one.Day == day.DayOfWeek).Select(one => (OpeningHours?)one).FirstOrDefault();
                if (todays is { } full && endsAt(day) is { } end && end < full.To)
                    todays = end > full.From ? full with { To = end } : null;
            }
            if (todays is { } open)
            {
                if (opens < 0 && wall >= today.ToDateTime(open.From))
                    opens = minute;
                if (opens >= 0 && closes < 0 && wall >= today.ToDateTime(open.To))
                    closes = minute;
            }
            _openBefore[minute + 1] = _openBefore[minute] + (opens >= 0 && closes < 0 ? 1 : 0);
        }
    }

    /// <summary>How many minutes it watched.</summary>
    public int Minutes { get; }

    /// <summary>Open minutes between two; the same answer as the clock's, in minutes.</summary>
    public int Between(int from, int to) => to <= from ? 0 : _openBefore[to] - _openBefore[from];

    /// <summary>The instant when so much open time has passed; a fraction of a minute lies within an open one.</summary>
    public DateTimeOffset After(int from, double openMinutes)
    {
        var whole = (int)Math.Floor(openMinutes);
        if (whole > 0 && openMinutes == whole)
            return _start.AddMinutes(End(from, whole));
        return _start.AddMinutes(End(from, whole + 1) - 1 + (openMinutes - whole));
    }

    /// <summary>The minute in which a number of business days ends.</summary>
    public int DueInDays(int from, int days)
    {
        var open = End(from, 1) - 1;
        var time = _wall[open].TimeOfDay;
        var day = DateOnly.FromDateTime(_wall[open]);
        while (days > 0)
        {
            day = day.AddDays(1);
            if (_days.ContainsKey(day))
                days--;
        }
        var (begins, opens, closes) = _days[day];
        var at = begins;
        while (_wall[at] < day.ToDateTime(TimeOnly.MinValue) + time)
            at++;
        return Math.Clamp(at, opens, closes);
    }

    // The first minute before which so many more minutes were open.
    private int End(int from, int open)
    {
        var (low, high, wanted) = (from, Minutes, _openBefore[from] + open);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_openBefore[middle] < wanted)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void Note(DateOnly day, int begins, int opens, int closes)
    {
        if (opens >= 0 && closes > opens)
            _days[day] = (begins, opens, closes);
    }
}
