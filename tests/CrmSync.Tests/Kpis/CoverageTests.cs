using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

/// <summary>Whether 95 % intervals hold the truth about 95 times in a hundred, and whether a figure is right on average.</summary>
public sealed class CoverageTests
{
    private const int Draws = 10_000;
    private readonly Random _random = new(20260105);

    [Theory]
    [InlineData(60, 0.5)]
    [InlineData(200, 0.25)]
    [InlineData(500, 0.1)]
    public void The_interval_of_a_share_holds_it(int n, double share) => Covers(() => Statistics.Wilson(Binomial(n, share), n)!.Value, share);

    [Fact]
    public void The_interval_of_a_difference_holds_it() => Covers(
        () => TwoShares.Difference(Binomial(120, 0.45), 120, Binomial(180, 0.3), 180) is { } d ? (d.Low, d.High) : default, 0.15);

    [Theory]
    [InlineData(40)]
    [InlineData(101)]
    public void The_interval_of_a_median_holds_it(int n) => Covers(
        () =>
        {
            var days = Enumerable.Range(0, n).Select(_ => (decimal)Exponential(30)).Order().ToList();
            var rank = Statistics.MedianRank(n)!.Value;
            return (days[rank - 1], days[n - rank]);
        },
        30 * Math.Log(2));

    [Fact]
    public void The_cohort_rate_is_right_where_the_naive_ratio_is_biased()
    {
        var truth = 0.55 * (1 - Math.Exp(-14 / 6.0));
        var (ours, naive) = (0.0, 0.0);
        Covers(
            () =>
            {
                var (report, ratio) = Pipeline();
                ours += (double)report.Value! / Draws;
                naive += ratio / Draws;
                return (report.Low!.Value, report.High!.Value);
            },
            truth);
        Assert.Equal(truth, ours, 0.005);
        // What was accepted by now of all MQLs: the young had no time yet.
        Assert.True(naive < truth - 0.03, $"the naive ratio is {naive:0.000}, the truth {truth:0.000}");
    }

    [Fact]
    public void The_incidence_is_right_with_the_young_ones_and_competing_ends()
    {
        // Wanted and other ends at rates 1/40 and 1/60 a day, watched for up to 90 days.
        const double Horizon = 30;
        var truth = 0.6 * (1 - Math.Exp(-Horizon / 24));
        Covers(
            () =>
            {
                var cases = new List<IncidenceCase>(150);
                for (var i = 0; i < 150; i++)
                {
                    var (ours, other, watched) = (Exponential(40), Exponential(60), _random.NextDouble() * 90);
                    var end = Math.Min(ours, other);
                    cases.Add(new(TimeSpan.FromDays(Math.Min(end, watched)).Ticks, end > watched ? IncidenceEnd.Open : ours < other ? IncidenceEnd.Wanted : IncidenceEnd.Other));
                }
                var (_, low, high) = new CumulativeIncidence(cases).At(TimeSpan.FromDays(Horizon));
                return ((decimal)low!.Value, (decimal)high!.Value);
            },
            truth);
    }

    /// <summary>Marketing sends more from week to week; sales accepts 55 %, on average after six days, and rejects nobody.</summary>
    private (KpiFigure Report, double Naive) Pipeline()
    {
        var cutOff = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var tally = new KpiTally(new(cutOff));
        var accepted = 0;
        const int Leads = 300;
        for (var i = 0; i < Leads; i++)
        {
            // The later the denser: the square root of an even draw.
            var mql = cutOff.AddDays(-60 * (1 - Math.Sqrt(_random.NextDouble())));
            DateTimeOffset? sal = _random.NextDouble() < 0.55 ? mql.AddDays(Exponential(6)) : null;
            sal = sal <= cutOff ? sal : null;
            accepted += sal is null ? 0 : 1;
            tally.Add(new() { LeadKey = $"{i}", Episode = 1, MqlAt = mql, AcceptedAt = sal });
        }
        return (tally.Figures(null, TimeSpan.FromDays(90)).First(figure => figure.Id == "mql-to-sal"), (double)accepted / Leads);
    }

    private static void Covers(Func<(decimal Low, decimal High)> draw, double truth)
    {
        var held = 0;
        for (var i = 0; i < Draws; i++)
        {
            var (low, high) = draw();
            held += (double)low <= truth && truth <= (double)high ? 1 : 0;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"held {(double)held / Draws:P2} of {Draws}");
        Assert.InRange((double)held / Draws, 0.93, 0.97);
    }

    private int Binomial(int n, double share)
    {
        var hits = 0;
        for (var i = 0; i < n; i++)
            hits += _random.NextDouble() < share ? 1 : 0;
        return hits;
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());
}
