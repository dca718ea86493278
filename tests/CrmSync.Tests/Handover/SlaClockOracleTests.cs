using CrmSync.Leads.Calendars;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Calendars;

namespace CrmSync.Tests.Handover;

/// <summary>
/// The business clock against <see cref="ClockOracle"/> over ten years: zones with summer time of an hour, of half an hour
/// and of none, hours that differ by weekday and lie in the nights on which clocks change, Danish holidays, days off and days cut short.
/// </summary>
public sealed class SlaClockOracleTests
{
    private const int Years = 10;
    private const int Drawn = 20_000;
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What is asked may end after the last start.
    private static readonly TimeSpan Tail = TimeSpan.FromDays(60);

    private static readonly OpeningHours[] Hours =
    [
        new(DayOfWeek.Monday, new(8, 0), new(16, 0)), new(DayOfWeek.Tuesday, new(7, 30), new(18, 15)), new(DayOfWeek.Wednesday, new(8, 0), new(16, 0)),
        new(DayOfWeek.Thursday, new(13, 0), new(13, 1)), new(DayOfWeek.Friday, new(0, 0), new(15, 30)), new(DayOfWeek.Sunday, new(1, 40), new(2, 50)),
    ];

    [Theory]
    [InlineData("Europe/Copenhagen")]
    [InlineData("Atlantic/Reykjavik")]
    [InlineData("Europe/Helsinki")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void Is_the_oracles_at_drawn_minutes_and_around_each_change_of_clocks(string zone)
    {
        var bench = new Bench(zone);
        var random = new Random(20260323);
        for (var i = 0; i < Drawn; i++)
            bench.Compare(random.Next(bench.Starts), 1 + random.Next(30), random.Next(201));
        foreach (var change in bench.Changes)
            for (var minute = change - 3 * 24 * 60; minute < change + 24 * 60; minute += 7)
                bench.Compare(minute, 1 + minute % 5, 50);
    }

    [Theory(Explicit = true)]
    [InlineData("Europe/Copenhagen")]
    [InlineData("Atlantic/Reykjavik")]
    [InlineData("Europe/Helsinki")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void Is_the_oracles_at_every_minute(string zone)
    {
        var bench = new Bench(zone);
        for (var minute = 0; minute < bench.Starts; minute++)
            bench.Compare(minute, 1 + minute % 11, minute % 201);
    }

    private sealed class Bench
    {
        private readonly ClockOracle _oracle;
        private readonly SlaClock _clock;
        private readonly TimeZoneInfo _zone;

        public Bench(string zone)
        {
            _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
            var random = new Random(7);
            var own = Enumerable.Range(0, Years * 8).Select(_ => DateOnly.FromDateTime(Start.Date).AddDays(random.Next(Years * 365))).ToHashSet();
            var danish = PublicLists.ByCountry["DK"];
            var cut = new Dictionary<DateOnly, TimeOnly>();
            for (var i = 0; i < Years * 30; i++)
                cut[DateOnly.FromDateTime(Start.Date).AddDays(random.Next(Years * 365))] = new(random.Next(24), random.Next(1, 60));
            TimeOnly? EndsAt(DateOnly day)
            {
                TimeOnly? noon = day is { Month: 12, Day: 24 or 31 } ? new(12, 0) : null;
                return cut.TryGetValue(day, out var end) && !(noon < end) ? end : noon;
            }
            Starts = (int)(Start.AddYears(Years) - Start).TotalMinutes;
            _oracle = new(_zone, Hours, day => own.Contains(day) || danish.Contains(day), EndsAt, Start.AddDays(-2), Starts + 2 * (int)Tail.TotalMinutes);
            _clock = new(new BusinessCalendar(_zone, Hours, new DaysOff([new("DK"), new("DK", "christmas")], own, [
                .. cut.Select(day => new ShortDay(day.Key, day.Value)),
                new(new CountryDays("DK", "christmas-eve"), new(12, 0)), new(new CountryDays("DK", "new-years-eve"), new(12, 0))])));
        }

        public int Starts { get; }

        public IEnumerable<int> Changes => Enumerable.Range(24, Starts / 60 - 48)
            .Where(hour => _zone.GetUtcOffset(Start.AddHours(hour)) != _zone.GetUtcOffset(Start.AddHours(hour - 1))).Select(hour => hour * 60);

        /// <param name="minute">Since the start.</param>
        public void Compare(int minute, int amount, int percent)
        {
            const int Lead = 2 * 24 * 60;
            var (from, at) = (Start.AddMinutes(minute), minute + Lead);
            DateTimeOffset Instant(int watched) => Start.AddMinutes(watched - Lead);

            var (hours, days) = (new WorkingTime(amount, WorkingTimeUnit.BusinessHours), new WorkingTime(1 + amount % 6, WorkingTimeUnit.BusinessDays));
            Same(_oracle.After(at, amount * 60), _clock.DueAt(from, hours), $"{amount} hours", from);
            var dueInDays = _oracle.DueInDays(at, days.Amount);
            Same(Instant(dueInDays), _clock.DueAt(from, days), $"{days.Amount} days", from);
            var open = _oracle.Between(at, dueInDays);
            Same(percent == 100 ? Instant(dueInDays) : _oracle.After(at, open * percent / 100.0), _clock.ShareAt(from, _clock.DueAt(from, days), percent), $"{percent} % of {days.Amount} days", from);
            var later = at + amount * 997;
            if (_clock.Between(from, Instant(later)) is var between && between != TimeSpan.FromMinutes(_oracle.Between(at, later)))
                Assert.Fail($"{_zone.Id}: between {from:u} and {Instant(later):u} the clock counts {between}, the oracle {_oracle.Between(at, later)} minutes.");
        }

        private void Same(DateTimeOffset expected, DateTimeOffset actual, string what, DateTimeOffset from)
        {
            // Shares of a minute are rounded; nobody is reminded to the millisecond.
            if ((expected - actual).Duration() > TimeSpan.FromMilliseconds(1))
                Assert.Fail($"{_zone.Id}: {what} from {from:u} end at {expected:u} by the oracle, at {actual:u} by the clock.");
        }
    }
}
