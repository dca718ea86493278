using CrmSync.Leads.Calendars;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CsCheck;

namespace CrmSync.Tests.Handover;

public sealed class SlaClockTests
{
    private static readonly TimeZoneInfo Copenhagen = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly OpeningHours[] Hours =
        [.. Enumerable.Range(1, 5).Select(day => new OpeningHours((DayOfWeek)day, new(8, 0), new(16, 0)))];

    private static readonly SlaClock Clock = new(new BusinessCalendar(Copenhagen, Hours, new([], new HashSet<DateOnly> { new(2026, 12, 24), new(2026, 12, 25) })));

    [Theory]
    [InlineData("2026-11-23T09:15Z", "2026-11-24T09:15Z")] // Monday to Tuesday
    [InlineData("2026-11-27T09:15Z", "2026-11-30T09:15Z")] // over a weekend
    [InlineData("2026-11-27T17:00Z", "2026-12-01T07:00Z")] // Friday evening starts on Monday
    [InlineData("2026-11-23T05:00Z", "2026-11-24T07:00Z")] // before opening
    [InlineData("2026-11-23T15:00Z", "2026-11-25T07:00Z")] // closing time is closed
    [InlineData("2026-12-23T09:00Z", "2026-12-28T09:00Z")] // over holidays
    [InlineData("2026-03-27T09:00Z", "2026-03-30T08:00Z")] // summer time begins: 10:00 local both days
    [InlineData("2026-10-23T08:00Z", "2026-10-26T09:00Z")] // and ends
    public void Adds_a_business_day(string from, string due) => Assert.Equal(At(due), Clock.DueAt(At(from), new(1, WorkingTimeUnit.BusinessDays)));

    [Theory]
    [InlineData("2026-11-23T09:00Z", 4, "2026-11-23T13:00Z")]
    [InlineData("2026-11-23T11:00Z", 4, "2026-11-23T15:00Z")] // to the minute of closing
    [InlineData("2026-11-23T12:00Z", 4, "2026-11-24T08:00Z")]
    [InlineData("2026-11-27T14:00Z", 10, "2026-12-01T08:00Z")]
    public void Adds_business_hours(string from, int hours, string due) =>
        Assert.Equal(At(due), Clock.DueAt(At(from), new(hours, WorkingTimeUnit.BusinessHours)));

    [Theory]
    [InlineData("2026-12-23T09:00Z", 8, "2026-12-28T08:00Z")] // six hours, then Christmas Eve until nine
    [InlineData("2026-12-24T07:30Z", 1, "2026-12-28T07:30Z")]
    [InlineData("2026-12-24T09:00Z", 1, "2026-12-28T08:00Z")] // after it closed
    public void Counts_a_day_that_ends_early_until_then(string from, int hours, string due)
    {
        var short24 = new SlaClock(new BusinessCalendar(Copenhagen, Hours, new([new("DK")], new HashSet<DateOnly>(), [new(new CountryDays("DK", "christmas-eve"), new(9, 0))])));
        Assert.Equal(At(due), short24.DueAt(At(from), new(hours, WorkingTimeUnit.BusinessHours)));
    }

    [Fact]
    public void A_deadline_falls_no_later_than_its_day_ends()
    {
        var short24 = new SlaClock(new BusinessCalendar(Copenhagen, Hours, new([], new HashSet<DateOnly>(), [new(new DateOnly(2026, 12, 24), new(12, 0))])));
        Assert.Equal(At("2026-12-24T11:00Z"), short24.DueAt(At("2026-12-23T13:00Z"), new(1, WorkingTimeUnit.BusinessDays)));
    }

    [Fact]
    public void Finds_the_half_way_point()
    {
        var day = new WorkingTime(1, WorkingTimeUnit.BusinessDays);
        Assert.Equal(At("2026-11-23T13:15Z"), Clock.ShareAt(At("2026-11-23T09:15Z"), Clock.DueAt(At("2026-11-23T09:15Z"), day), 50));
        Assert.Equal(At("2026-11-24T09:15Z"), Clock.ShareAt(At("2026-11-23T09:15Z"), Clock.DueAt(At("2026-11-23T09:15Z"), day), 100));
    }

    [Fact]
    public void Counts_back_what_it_added() => Gen.Select(Gen.Int[0, 365 * 24 * 60], Gen.Int[1, 100]).Sample((minutes, hours) =>
    {
        var from = At("2026-01-01T00:00Z").AddMinutes(minutes);
        return Clock.Between(from, Clock.DueAt(from, new(hours, WorkingTimeUnit.BusinessHours))) == TimeSpan.FromHours(hours);
    });

    [Fact]
    public void Never_has_a_later_start_due_earlier() => Gen.Select(Gen.Int[0, 365 * 24 * 60], Gen.Int[0, 5000], Gen.Int[1, 5]).Sample((minutes, later, days) =>
    {
        var from = At("2026-01-01T00:00Z").AddMinutes(minutes);
        var time = new WorkingTime(days, WorkingTimeUnit.BusinessDays);
        return Clock.DueAt(from, time) <= Clock.DueAt(from.AddMinutes(later), time);
    });

    [Fact]
    public void Refuses_a_calendar_without_hours() => Assert.Throws<ArgumentException>(() => new BusinessCalendar(Copenhagen, []));

    [Fact]
    public void Finds_a_share_of_a_deadline_that_was_set_by_another_time_to_answer() =>
        Assert.Equal(At("2026-11-23T11:00Z"), Clock.ShareAt(At("2026-11-23T09:00Z"), At("2026-11-23T13:00Z"), 50));

    [Theory]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z")] // half an hour is skipped
    [InlineData("America/Havana", "2026-03-08", "00:30", "2026-03-08T05:00Z")] // and the first hour of a day
    public void Takes_the_end_of_whatever_clocks_skip(string zone, string day, string time, string at) =>
        Assert.Equal(At(at), new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), Hours).At(
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Is_closed_on_a_day_whose_hours_are_all_skipped()
    {
        var calendar = new BusinessCalendar(Copenhagen, [new(DayOfWeek.Sunday, new(2, 30), new(3, 0))]);
        Assert.Null(calendar.HoursOn(new(2026, 3, 29)));
        Assert.Equal(At("2026-04-05T00:30Z"), calendar.NextOpen(At("2026-03-29T00:00Z")));
    }

    [Fact]
    public void Names_local_times_that_summer_time_skips_or_doubles()
    {
        var calendar = new BusinessCalendar(Copenhagen, Hours);
        Assert.Equal(At("2026-03-29T01:00Z"), calendar.At(new(2026, 3, 29), new(2, 30)));
        Assert.Equal(At("2026-10-25T00:30Z"), calendar.At(new(2026, 10, 25), new(2, 30)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
