using CrmSync.Leads.Calendars;

namespace CrmSync.Tests.Calendars;

public sealed class HolidaysTests
{
    [Theory]
    [InlineData("DK")]
    [InlineData("SE")]
    [InlineData("NO")]
    [InlineData("FI")]
    [InlineData("IS")]
    [InlineData("DE")]
    public void Are_those_of_the_public_lists_and_no_others(string country)
    {
        var days = new DaysOff([new(country)], new HashSet<DateOnly>());
        for (var year = PublicLists.First; year <= PublicLists.Last; year++)
            Assert.Equal(PublicLists.ByCountry[country].Where(day => day.Year == year).Order(), days.In(year));
    }

    [Fact]
    public void Are_known_for_every_country_that_is_listed() => Assert.Equal(PublicLists.ByCountry.Keys.Order(), Holidays.ByCountry.Keys.Order());

    [Theory]
    [InlineData(1818, "03-22")] // the earliest there is
    [InlineData(1943, "04-25")] // and the latest
    [InlineData(1954, "04-18")]
    [InlineData(1981, "04-19")]
    [InlineData(2000, "04-23")]
    [InlineData(2008, "03-23")]
    [InlineData(2011, "04-24")]
    [InlineData(2038, "04-25")]
    [InlineData(2049, "04-18")]
    [InlineData(2076, "04-19")]
    [InlineData(2100, "03-28")]
    public void Move_with_Easter(int year, string day) => Assert.Equal($"{year}-{day}", $"{Easter.Sunday(year):yyyy-MM-dd}");

    [Fact]
    public void Have_Easter_on_a_Sunday_of_spring_in_every_year()
    {
        for (var year = 1583; year < 4000; year++)
        {
            var easter = Easter.Sunday(year);
            Assert.Equal(DayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new DateOnly(year, 3, 22), new DateOnly(year, 4, 25));
        }
    }

    [Theory]
    [InlineData("DK", "2026-05-01 2026-05-15 2026-06-05 2026-12-24 2026-12-31")]
    [InlineData("SE", "2026-06-19 2026-12-24 2026-12-31")]
    [InlineData("NO", "2026-12-24 2026-12-31")]
    [InlineData("FI", "2026-06-19 2026-12-24 2026-12-31")]
    [InlineData("IS", "2026-12-24 2026-12-31")]
    [InlineData("DE", "2026-12-24 2026-12-31")]
    public void Are_joined_by_those_of_custom_only_where_asked(string country, string days) =>
        Assert.Equal(days, string.Join(' ', new DaysOff([new(country, CountryDays.Custom)], new HashSet<DateOnly>()).In(2026).Select(day => $"{day:yyyy-MM-dd}")));

    [Fact]
    public void Stop_having_a_prayer_day_in_Denmark_from_2024()
    {
        var days = new DaysOff([new("DK")], new HashSet<DateOnly>());
        Assert.True(days.Contains(new(2023, 5, 5)));
        Assert.False(days.Contains(new(2024, 4, 26)));
    }

    [Fact]
    public void Can_be_taken_one_by_one_and_with_dates()
    {
        var days = new DaysOff([new("DK", "christmas-eve"), new("DK", "constitution-day")], new HashSet<DateOnly> { new(2026, 10, 12) });
        Assert.Equal([new(2026, 6, 5), new(2026, 10, 12), new(2026, 12, 24)], days.In(2026));
    }

    [Fact]
    public void Cut_short_go_before_those_of_custom_and_no_others()
    {
        ShortDay[] cut = [new(new CountryDays("DK", "christmas-eve"), new(12, 0)), new(new DateOnly(2026, 12, 25), new(13, 0)), new(new DateOnly(2026, 12, 24), new(14, 0)), new(new DateOnly(2026, 12, 30), new(15, 0))];
        var days = new DaysOff([new("DK"), new("DK", CountryDays.Custom)], new HashSet<DateOnly> { new(2026, 12, 30) }, cut);
        Assert.Equal([new(2026, 12, 25), new(2026, 12, 26), new(2026, 12, 30), new(2026, 12, 31)], days.In(2026).Where(day => day.Month == 12));
        Assert.Equal((new TimeOnly(12, 0), null), (days.Until(new(2026, 12, 24)), days.Until(new(2026, 12, 23))));
        Assert.True(new DaysOff([new("DK", "christmas-eve")], new HashSet<DateOnly>(), cut).Contains(new(2026, 12, 24)));
    }
}
