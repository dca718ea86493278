using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

public sealed class KpiTallyTests
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
        Assert.Equal((null, null), (figure.Value, figure.Low));
        Assert.Equal([new(KpiRemarkKind.TooFew), new(KpiRemarkKind.WithinDays, 14)], figure.Remarks);
        Assert.Equal(1m, Figure(Many(20, 1), "mql-to-sal").Value);
    }

    [Fact]
    public void Leaves_sales_generated_and_superseded_out()
    {
        var rows = Many(20, 1).Append(Row(1, 1) with { SalesGenerated = true }).Append(Row(1, 1) with { State = HandoverState.Superseded }).ToList();
        Assert.Equal((20, 20, 0), Counts(Figure(rows, "mql-to-sal")));
    }

    [Fact]
    public void Reports_silence_apart()
    {
        var rows = Many(20, 1).Concat(Many(10, 1).Select(row => row with { AcceptedAs = HandoverState.AcceptedBySilence })).ToList();
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
        Assert.Equal(expected, Tally(rows, new(CutOff.AddDays(400))).CustomerHorizon().TotalDays);
    }

    [Fact]
    public void Gives_at_the_horizon_that_past_sales_choose_what_it_gives_where_that_is_asked_for()
    {
        var random = new Random(17);
        var rows = Enumerable.Range(0, 3_000).Select(i =>
        {
            var accepted = Start.AddMinutes(random.Next(400 * 1_440));
            return new EpisodeRow
            {
                LeadKey = $"l{i}", Episode = 1, MqlAt = accepted.AddDays(-1), AcceptedAt = accepted, Company = random.Next(3) == 0 ? null : $"c{random.Next(1_000)}",
                SalesQualifiedAt = random.Next(2) == 0 ? accepted.AddMinutes(random.Next(150 * 1_440)) : null, Imported = random.Next(9) == 0,
                WonAt = random.Next(3) == 0 ? accepted.AddMinutes(random.Next(-1_440, 300 * 1_440)) : null,
            };
        }).ToList();
        var chosen = Tally(rows, new(CutOff)).CustomerHorizon();
        Assert.InRange(chosen.TotalDays, 100, 400);
        Assert.Equal(
            Tally(rows, new(CutOff) { CustomerHorizon = chosen }).Figures(null, chosen).Select(figure => $"{figure with { Remarks = [] }}"),
            Tally(rows, new(CutOff)).Figures(null, chosen).Select(figure => $"{figure with { Remarks = [] }}"));
    }

    [Fact]
    public void Gives_ninety_days_while_too_few_have_won() => Assert.Equal(90, Tally(Many(19, 1), new(CutOff)).CustomerHorizon().TotalDays);

    [Fact]
    public void Counts_durations_that_are_none_and_averages_the_rest()
    {
        var won = Many(21, 1).Select((row, i) => row with { WonAt = row.AcceptedAt!.Value.AddDays(10 + i) });
        List<EpisodeRow> rows = [.. won, Row(1, 5) with { WonAt = Start.AddDays(2) }, Row(1, 5) with { WonAt = Start.AddDays(50), AcceptanceInferred = true }, .. Many(2, 1)];
        var median = Figure(rows, "sal-to-won.median");
        Assert.Equal((null, 21, 2), Counts(median));
        Assert.Equal((20m, 15m, 25m), (median.Value, median.Low, median.High));
        Assert.Contains(new(KpiRemarkKind.NotAveraged, 2), median.Remarks);
        Assert.Equal(2, Tally(rows, new(CutOff)).NotAveraged.Count);
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
    public void Reconciles_persons_with_companies()
    {
        // Ten companies of two accepted people each, of whom the second alone is won; ten people without a company, one won.
        var pairs = Enumerable.Range(0, 10).SelectMany(i => new[]
        {
            Row(i, 1) with { LeadKey = $"a{i}", Company = $"c{i}" },
            Row(i, 2) with { LeadKey = $"b{i}", Company = $"c{i}", WonAt = Start.AddDays(i + 32) },
        });
        List<EpisodeRow> rows = [.. pairs, .. Many(10, 1).Select((row, i) => row with { LeadKey = $"s{i}", WonAt = i == 0 ? Start.AddDays(30) : null })];
        Assert.Equal((11, 30, 0), Counts(Figure(rows, "sal-to-customer")));
        Assert.Equal((11, 20, 0), Counts(Figure(rows, "sal-to-customer.company")));
        Assert.Equal((0, 10, 0), Counts(Figure(rows, "sal-to-customer.person-less-company")));
    }

    [Fact]
    public void Counts_two_people_of_one_sale_once_by_company()
    {
        var rows = Enumerable.Range(0, 40).Select(i => Row(i / 2, 1) with { LeadKey = $"l{i}", Company = $"c{i / 2}", WonAt = Start.AddDays(60) }).ToList();
        Assert.Equal((40, 20, 20), (Figure(rows, "sal-to-customer").Numerator, Figure(rows, "sal-to-customer.company").Numerator, Figure(rows, "sal-to-customer.person-less-company").Numerator));
    }

    [Fact]
    public void Leaks_what_is_due_and_unanswered_and_takes_silence_for_no_answer()
    {
        EpisodeRow Offer(int i, double? answered, HandoverState how = HandoverState.Accepted) => Row(i, answered) with
        {
            OfferedAt = Start.AddDays(i), DueAt = Start.AddDays(i + 1), DecidedAt = answered is { } days ? Start.AddDays(i + days) : null, AcceptedAs = answered is null ? null : how,
        };
        List<EpisodeRow> rows =
        [
            .. Enumerable.Range(0, 15).Select(i => Offer(i, 0.5)), .. Enumerable.Range(20, 5).Select(i => Offer(i, 2)),
            .. Enumerable.Range(30, 4).Select(i => Offer(i, 1, HandoverState.AcceptedBySilence)), .. Enumerable.Range(40, 6).Select(i => Offer(i, null)),
            Offer(399, null) with { DueAt = CutOff.AddDays(1) },
        ];
        Assert.Equal((15, 30, 1), Counts(Figure(rows, "sla.met")));
        Assert.Equal((10, 30, 1), Counts(Figure(rows, "leakage")));
        Assert.Equal((null, 20, 7), Counts(Figure(rows, "decision.time")));
        Assert.Equal(12m, Figure(rows, "decision.time").Value);
    }

    [Fact]
    public void Tells_who_was_right_when_sales_said_no_to_a_lead_that_was_won_later()
    {
        List<EpisodeRow> rows = [];
        for (var i = 0; i < 20; i++)
        {
            rows.Add(Row(i, null) with { RejectedAt = Start.AddDays(i + 1), DecidedAt = Start.AddDays(i + 1), Reason = "BadTiming" });
            if (i < 5)
                rows.Add(Row(i, null) with { Episode = 2, MqlAt = Start.AddDays(i + 100), AcceptedAt = Start.AddDays(i + 101), DecidedAt = Start.AddDays(i + 101), WonAt = i < 3 ? Start.AddDays(i + 150) : null });
        }
        Assert.Equal((3, 20, 0), Counts(Figure(rows, "override.no.then-won")));
        Assert.Equal((5, 20, 0), Counts(Figure(rows, "re-mql")));
        Assert.Equal((20, "BadTiming"), (Figure(rows, "rejection.reason").Numerator, Figure(rows, "rejection.reason").By));
    }

    [Fact]
    public void Has_a_period_that_ends_before_its_end()
    {
        var period = new Period(Start, Start.AddDays(1));
        Assert.Equal((true, false), (period.Has(Start), period.Has(Start.AddDays(1))));
    }

    private static (int?, int, int) Counts(KpiFigure figure) => (figure.Numerator, figure.N, figure.Open);

    private static KpiFigure Figure(IReadOnlyCollection<EpisodeRow> rows, string id)
    {
        var tally = Tally(rows, new(CutOff));
        return tally.Figures(null, tally.CustomerHorizon()).Single(figure => figure.Id == id);
    }

    private static KpiTally Tally(IReadOnlyCollection<EpisodeRow> rows, KpiQuestion question)
    {
        var tally = new KpiTally(question);
        foreach (var row in rows)
            tally.Add(row);
        return tally;
    }

    private static List<EpisodeRow> Many(int count, double? acceptedAfter) => [.. Enumerable.Range(0, count).Select(i => Row(i, acceptedAfter))];

    private static EpisodeRow Row(int day, double? acceptedAfter) => new()
    {
        LeadKey = $"lead-{day}", Episode = 1, MqlAt = Start.AddDays(day),
        AcceptedAt = acceptedAfter is { } days ? Start.AddDays(day + days) : null,
    };
}
