using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

public sealed class KpiCalculatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset CutOff = Start.AddDays(400);

    [Fact]
    public void Counts_an_acceptance_on_the_last_day_of_the_horizon_and_none_after()
    {
        var rows = Many(20, acceptedAfter: 14).Append(Row(30, 14.001)).ToList();
        Assert.Equal((20, 21, 0), Counts(Figure(rows, "mql-to-sal")));
    }

    [Fact]
    public void Leaves_out_and_counts_the_young()
    {
        var young = new EpisodeRow { LeadKey = "young", Episode = 1, MqlAt = CutOff.AddDays(-13.9), AcceptedAt = CutOff.AddDays(-13) };
        Assert.Equal((20, 20, 1), Counts(Figure([.. Many(20, 1), young], "mql-to-sal")));
    }

    [Fact]
    public void Says_too_few_below_twenty_and_shows_the_counts()
    {
        var figure = Figure(Many(19, 1), "mql-to-sal");
        Assert.Equal((19, 19, 0), Counts(figure));
        Assert.Equal((null, null, "too few; within 14 days"), (figure.Value, figure.Low, figure.Note));
        Assert.Equal(1m, Figure(Many(20, 1), "mql-to-sal").Value);
    }

    [Fact]
    public void Leaves_sales_generated_and_superseded_out()
    {
        var rows = Many(20, 1).Append(Row(1, 1) with { SalesGenerated = true }).Append(Row(1, 1) with { Superseded = true }).ToList();
        Assert.Equal((20, 20, 0), Counts(Figure(rows, "mql-to-sal")));
    }

    [Fact]
    public void Reports_silence_apart()
    {
        var rows = Many(20, 1).Concat(Many(10, 1).Select(row => row with { BySilence = true })).ToList();
        Assert.Equal((20, 30, 0), Counts(Figure(rows, "mql-to-sal.explicit")));
        Assert.Equal((10, 30, 0), Counts(Figure(rows, "mql-to-sal.silent")));
    }

    [Fact]
    public void Shows_decided_acceptance_beside_it()
    {
        var rejected = Many(10, null).Select(row => row with { RejectedAt = row.MqlAt!.Value.AddDays(1) });
        var lapsed = Many(5, null).Select(row => row with { LapsedAt = row.MqlAt!.Value.AddDays(5) });
        List<EpisodeRow> rows = [.. Many(20, 1), .. rejected, .. lapsed, .. Many(3, null)];
        Assert.Equal((20, 30, 8), Counts(Figure(rows, "mql-to-sal.decided")));
        Assert.Equal((20, 35, 3), Counts(Figure(rows, "mql-to-sal.decided-or-lapsed")));
    }

    [Theory]
    [InlineData(10, 90)]
    [InlineData(120, 120)]
    [InlineData(600, 540)]
    public void Bounds_the_customer_horizon(int days, int expected)
    {
        var rows = Many(20, 1).Select(row => row with { WonAt = row.AcceptedAt!.Value.AddDays(days) }).ToList();
        Assert.Equal(expected, KpiCalculator.CustomerHorizon(rows, CutOff.AddDays(400)).TotalDays);
    }

    [Fact]
    public void Gives_ninety_days_while_too_few_have_won() => Assert.Equal(90, KpiCalculator.CustomerHorizon(Many(19, 1), CutOff).TotalDays);

    [Fact]
    public void Counts_durations_that_are_none_and_averages_the_rest()
    {
        var won = Many(21, 1).Select((row, i) => row with { WonAt = row.AcceptedAt!.Value.AddDays(10 + i) });
        List<EpisodeRow> rows = [.. won, Row(1, 5) with { WonAt = Start.AddDays(2) }, Row(1, 5) with { WonAt = Start.AddDays(50), AcceptanceInferred = true }, .. Many(2, 1)];
        var median = Figure(rows, "sal-to-won.median");
        Assert.Equal((null, 21, 2), Counts(median));
        Assert.Equal((20m, 15m, 25m), (median.Value, median.Low, median.High));
        Assert.Contains("2 not averaged", median.Note);
        Assert.Equal(2, KpiCalculator.NotAveraged(rows, CutOff).Count);
        Assert.Equal((20m, 25m, 28m), (Figure(rows, "sal-to-won.mean").Value, Figure(rows, "sal-to-won.p75").Value, Figure(rows, "sal-to-won.p90").Value));
    }

    [Fact]
    public void Looks_at_nothing_after_the_cut_off()
    {
        var rows = Many(20, 1).Select(row => row with { WonAt = CutOff.AddDays(1) }).ToList();
        Assert.Equal(0, Figure(rows, "sal-to-customer").Numerator);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void Gives_Wilsons_interval(int hits, int n, double low, double high) =>
        Assert.Equal(((decimal)low, (decimal)high), Statistics.Wilson(hits, n));

    [Fact]
    public void Has_a_period_that_ends_before_its_end()
    {
        var period = new Period(Start, Start.AddDays(1));
        Assert.Equal((true, false), (period.Has(Start), period.Has(Start.AddDays(1))));
    }

    private static (int?, int, int) Counts(KpiFigure figure) => (figure.Numerator, figure.N, figure.Open);

    private static KpiFigure Figure(IReadOnlyCollection<EpisodeRow> rows, string id) =>
        KpiCalculator.Report(rows, CutOff, "Europe/Copenhagen").Figures.Single(figure => figure.Id == id);

    private static List<EpisodeRow> Many(int count, double? acceptedAfter) => [.. Enumerable.Range(0, count).Select(i => Row(i, acceptedAfter))];

    private static EpisodeRow Row(int day, double? acceptedAfter) => new()
    {
        LeadKey = $"lead-{day}", Episode = 1, MqlAt = Start.AddDays(day),
        AcceptedAt = acceptedAfter is { } days ? Start.AddDays(day + days) : null,
    };
}
