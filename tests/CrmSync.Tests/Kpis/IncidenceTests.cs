using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

public sealed class IncidenceTests
{
    private const double Z = 1.959963984540054;

    /// <summary>
    /// Weeks of remission of 21 children on 6-mercaptopurine, those still in remission negative: E. J. Freireich et al., Blood 21 (1963)
    /// 699-716, as analysed by E. A. Gehan, Biometrika 52 (1965) 203-223.
    /// </summary>
    private static readonly int[] Weeks = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];

    // The published product-limit estimate of staying in remission, with Greenwood's standard error.
    [Theory]
    [InlineData(6, 0.8571, 0.0764)]
    [InlineData(7, 0.8067, 0.0869)]
    [InlineData(10, 0.7529, 0.0963)]
    [InlineData(13, 0.6902, 0.1068)]
    [InlineData(16, 0.6275, 0.1141)]
    [InlineData(22, 0.5378, 0.1282)]
    [InlineData(23, 0.4482, 0.1346)]
    public void Gives_the_published_answer_where_one_end_alone_can_come(int week, double remission, double error)
    {
        var (value, low, high) = Published().At(TimeSpan.FromDays(7 * week));
        var share = 1 - remission;
        var factor = Math.Exp(Z * error / -(share * Math.Log(share)));
        Assert.Equal(share, value, 1e-4);
        Assert.Equal(Math.Pow(share, factor), low!.Value, 1e-3);
        Assert.Equal(Math.Pow(share, 1 / factor), high!.Value, 1e-3);
    }

    [Fact]
    public void Gives_the_published_median_and_says_what_was_not_reached()
    {
        Assert.Equal(TimeSpan.FromDays(7 * 23), Published().TimeUntil(0.5).Value);
        Assert.Null(Published().TimeUntil(0.6).Value);
    }

    [Fact]
    public void Is_the_plain_share_where_everybody_was_watched_to_the_end()
    {
        var cases = Enumerable.Range(1, 100).Select(day => Case(day, day % 4 == 0 ? IncidenceEnd.Wanted : IncidenceEnd.Other)).ToList();
        Assert.Equal(0.25, new CumulativeIncidence(cases).At(TimeSpan.FromDays(100)).Value, 1e-12);
        Assert.Equal(0.10, new CumulativeIncidence(cases).At(TimeSpan.FromDays(40)).Value, 1e-12);
        Assert.Equal(TimeSpan.FromDays(40), new CumulativeIncidence(cases).TimeUntil(0.1).Value);
    }

    // Worked by hand: 5 at risk, one of ours at 1, another's at 2, one open at 3, ours at 4, another's at 5.
    [Fact]
    public void Counts_competing_ends_and_not_as_open_ones()
    {
        List<IncidenceCase> cases = [Case(1, IncidenceEnd.Wanted), Case(2, IncidenceEnd.Other), Case(3, IncidenceEnd.Open), Case(4, IncidenceEnd.Wanted), Case(5, IncidenceEnd.Other)];
        var incidence = new CumulativeIncidence(cases);
        Assert.Equal(1 / 5.0, incidence.At(TimeSpan.FromDays(3)).Value, 1e-12);
        Assert.Equal(1 / 5.0 + 3 / 5.0 * (1 / 2.0), incidence.At(TimeSpan.FromDays(4)).Value, 1e-12);
        // Taken for open, the other end would make it 1 - (4/5)(1/2) = 0.6.
        Assert.Equal(0.5, incidence.At(TimeSpan.FromDays(99)).Value, 1e-12);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(400)]
    public void Tells_the_first_time_at_which_the_share_or_a_bound_of_it_is_reached(int n)
    {
        var random = new Random(n);
        for (var round = 0; round < 40; round++)
        {
            var incidence = new CumulativeIncidence([.. Enumerable.Range(0, n).Select(_ => Case(random.Next(1, 200), (IncidenceEnd)random.Next(3)))]);
            var all = Enumerable.Range(1, 200).Select(day => (Day: TimeSpan.FromDays(day), At: incidence.At(TimeSpan.FromDays(day)))).ToList();
            foreach (var share in new[] { 0.1, 0.25, 0.5 })
            {
                Assert.Equal((First(at => at.Value), First(at => at.High ?? at.Value), First(at => at.Low ?? at.Value)), incidence.TimeUntil(share));

                TimeSpan? First(Func<(double Value, double? Low, double? High), double> bound) =>
                    all.Where(point => bound(point.At) >= share - 1e-9).Select(point => (TimeSpan?)point.Day).FirstOrDefault();
            }
        }
    }

    [Fact]
    public void Takes_what_ends_at_one_instant_together_wherever_the_cases_begin()
    {
        const long Step = 1L << 30;
        var random = new Random(8);
        List<IncidenceCase> cases = [new(Step, IncidenceEnd.Other), .. Enumerable.Range(0, 3_000).Select(_ => new IncidenceCase(Step * random.Next(2, 500), (IncidenceEnd)random.Next(3)))];
        // Who is watched for no time at all changes nothing.
        var (alone, beside) = (new CumulativeIncidence(cases), new CumulativeIncidence([new(0, IncidenceEnd.Open), .. cases]));
        for (var i = 1; i < 500; i++)
            Assert.Equal(beside.At(TimeSpan.FromTicks(Step * i)), alone.At(TimeSpan.FromTicks(Step * i)));
    }

    [Fact]
    public void Of_nobody_is_nothing() => Assert.Equal((0.0, (double?)null, (double?)null), new CumulativeIncidence([]).At(TimeSpan.FromDays(1)));

    private static CumulativeIncidence Published() =>
        new([.. Weeks.Select(week => Case(7 * Math.Abs(week), week > 0 ? IncidenceEnd.Wanted : IncidenceEnd.Open))]);

    private static IncidenceCase Case(int days, IncidenceEnd end) => new(TimeSpan.FromDays(days).Ticks, end);
}
