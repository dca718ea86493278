namespace CrmSync.Leads.Calendars;

/// <summary>Whether a holiday is one by law.</summary>
public enum HolidayKind
{
    /// <summary>The law keeps the whole day, in the whole country.</summary>
    Public,

    /// <summary>No whole day off by law, and many companies are closed all the same, or from noon.</summary>
    Customary,
}

/// <summary>One holiday of one country. <paramref name="Code"/> is how rule files name it, such as <c>christmas-eve</c>.</summary>
public sealed record Holiday(string Code, HolidayKind Kind, HolidayDate Date)
{
    /// <summary>The first and the last year in which it is kept.</summary>
    public int From { get; init; } = int.MinValue;
    public int Until { get; init; } = int.MaxValue;

    /// <param name="afterEaster">How many days after Easter Sunday of its year the day is.</param>
    internal bool IsOn(DateOnly day, int afterEaster) => day.Year >= From && day.Year <= Until && Date.IsOn(day, afterEaster);
}

/// <summary>How the day of a holiday is found in a year.</summary>
public abstract record HolidayDate
{
    internal abstract bool IsOn(DateOnly day, int afterEaster);
}

/// <summary>The same date each year.</summary>
public sealed record FixedDate(int Month, int Day) : HolidayDate
{
    internal override bool IsOn(DateOnly day, int afterEaster) => day.Month == Month && day.Day == Day;
}

/// <summary>So many days after Easter Sunday; before it, less than zero.</summary>
public sealed record AfterEaster(int Days) : HolidayDate
{
    internal override bool IsOn(DateOnly day, int afterEaster) => afterEaster == Days;
}

/// <summary>The first such weekday on or after a date.</summary>
public sealed record WeekdayFrom(DayOfWeek Weekday, int Month, int Day) : HolidayDate
{
    private const int DaysOfWeek = 7;

    internal override bool IsOn(DateOnly day, int afterEaster) =>
        day.DayOfWeek == Weekday && day.DayNumber - new DateOnly(day.Year, Month, Day).DayNumber is >= 0 and < DaysOfWeek;
}
