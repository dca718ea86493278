using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CsCheck;
using static CrmSync.Leads.Kpis.HistoryStage;

namespace CrmSync.Tests.Kpis;

public sealed class HistoryFoldTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_MQL_after_an_end_opens_another_episode_and_one_before_does_not()
    {
        var rows = Fold((Lead, 0), (MarketingQualified, 1), (MarketingQualified, 2), (Rejected, 3), (MarketingQualified, 40), (SalesAccepted, 41), (Customer, 90));
        Assert.Equal([(1, T0.AddDays(1), null, T0.AddDays(3), null), (2, T0.AddDays(40), T0.AddDays(41), null, T0.AddDays(90))], rows.Select(Instants));
    }

    [Theory]
    [InlineData(Rejected)]
    [InlineData(Recycled)]
    [InlineData(Disqualified)]
    [InlineData(Expired)]
    [InlineData(Superseded)]
    [InlineData(Customer)]
    [InlineData(Lost)]
    public void These_end_an_episode(HistoryStage end) => Assert.Equal(2, Fold((MarketingQualified, 0), (SalesAccepted, 1), (end, 2), (MarketingQualified, 3)).Count);

    [Theory]
    [InlineData(Returned)]
    [InlineData(SalesQualified)]
    [InlineData(Opportunity)]
    public void These_do_not(HistoryStage stage) => Assert.Single(Fold((MarketingQualified, 0), (SalesAccepted, 2), (stage, 4), (MarketingQualified, 5)));

    [Fact]
    public void A_no_within_a_day_takes_the_acceptance_back_and_a_later_one_recycles()
    {
        Assert.Null(Fold((MarketingQualified, 0), (SalesAccepted, 1), (Rejected, 1.5))[0].AcceptedAt);
        var late = Fold((MarketingQualified, 0), (SalesAccepted, 1), (Rejected, 9))[0];
        Assert.Equal((T0.AddDays(1), T0.AddDays(9)), (late.AcceptedAt, late.RecycledAt));
    }

    [Fact]
    public void An_acceptance_that_nobody_recorded_is_concluded_and_flagged()
    {
        var row = Fold((MarketingQualified, 0), (Opportunity, 5), (Customer, 30))[0];
        Assert.Equal((T0.AddDays(5), true, true), (row.AcceptedAt, row.AcceptanceInferred, row.Skipped));
    }

    [Fact]
    public void What_sales_had_before_marketing_sent_it_is_found_by_sales()
    {
        Assert.True(Fold((SalesAccepted, 1))[0].SalesGenerated);
        Assert.True(Fold((SalesAccepted, 1), (MarketingQualified, 2))[0].SalesGenerated);
        Assert.False(Fold((MarketingQualified, 1), (SalesAccepted, 1))[0].SalesGenerated);
    }

    [Fact]
    public void The_last_sale_counts_and_silence_is_told()
    {
        var row = Fold((MarketingQualified, 0), (AcceptedBySilence, 1), (Customer, 20), (Customer, 50))[0];
        Assert.Equal((HandoverState.AcceptedBySilence, T0.AddDays(50)), (row.AcceptedAs, row.WonAt));
    }

    [Fact]
    public void A_lead_that_was_never_more_has_no_episode() => Assert.Empty(Fold((Lead, 0)));

    [Fact]
    public void Whatever_the_history_each_instant_lies_in_one_episode_and_no_figure_exceeds_its_n() =>
        Gen.Select(Gen.Int[0, 13], Gen.Int[0, 60]).Array[0, 12].Array[1, 40].Sample(leads =>
        {
            var tally = new KpiTally(new(T0.AddDays(300)));
            foreach (var (history, i) in leads.Select((history, i) => (history, i)))
            {
                var rows = Fold($"lead-{i}", [.. history.Select(entry => ((HistoryStage)entry.Item1, (double)entry.Item2))]);
                Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(row => row.Episode));
                Assert.Equal(rows.Where(row => row.MqlAt is not null).Select(row => row.MqlAt).Order(), rows.Where(row => row.MqlAt is not null).Select(row => row.MqlAt));
                foreach (var row in rows)
                    tally.Add(row);
            }
            var figures = tally.Figures(null, tally.CustomerHorizon()).ToLookup(figure => figure.Id);
            KpiFigure One(string id) => figures[id].Single();
            Assert.All(figures.SelectMany(same => same).Where(f => f is { Measure: KpiMeasure.Share, Numerator: not null, Id: not "mql-to-sal.throughput" }), f => Assert.InRange(f.Numerator!.Value, 0, f.N));
            Assert.Equal(One("mql-to-sal").Numerator, One("mql-to-sal.explicit").Numerator + One("mql-to-sal.silent").Numerator + One("mql-to-sal.by-action").Numerator);
            Assert.Equal(One("mql-to-sal").N + One("mql-to-sal").Open, One("mql-to-sal.incidence").N);
            Assert.Equal(One("sal-to-customer").Numerator - One("sal-to-customer.company").Numerator, One("sal-to-customer.person-less-company").Numerator);
        });

    private static (int, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Instants(EpisodeRow row) => (row.Episode, row.MqlAt, row.AcceptedAt, row.RejectedAt, row.WonAt);

    private static IReadOnlyList<EpisodeRow> Fold(params (HistoryStage Stage, double Day)[] history) => Fold("lead", history);

    private static IReadOnlyList<EpisodeRow> Fold(string lead, (HistoryStage Stage, double Day)[] history)
    {
        var fold = new HistoryFold(lead, imported: false);
        foreach (var (stage, day) in history.OrderBy(entry => entry.Day).ThenBy(entry => entry.Stage))
            fold.Add(new(stage, T0.AddDays(day)));
        return fold.Episodes();
    }
}
