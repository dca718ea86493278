using CrmSync.Leads.Backtests;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Backtests;

public sealed class BacktestTallyTests
{
    private static readonly Evaluation Offered = RuleSamples.Judge(RuleSamples.Offered());
    private static readonly Evaluation NotYet = RuleSamples.Judge(RuleSamples.NotYet());

    [Fact]
    public void Counts_verdicts_gates_and_bands()
    {
        var report = Report((Offered, null, 3), (NotYet, null, 7));
        Assert.Equal((10, 3, 7), (report.Leads, report.Verdicts[Verdict.Offer], report.Verdicts[Verdict.NotReady]));
        Assert.Equal((3, 7), (Gate(report, "mql").Pass, Gate(report, "mql").NoPass));
        Assert.Equal(10, report.Fit.Single(band => band.From == 60).Leads);
        Assert.Equal((7, 3), (report.Interest[0].Leads, report.Interest.Single(band => band.From == 40).Leads));
        Assert.Equal((3, 7, 0), CountsOf(report, "webinar"));
        Assert.Equal((0, 0, 10), CountsOf(report, "company-size"));
    }

    [Fact]
    public void Compares_with_no_outcome_where_none_is_known()
    {
        var report = Report((Offered, null, 50));
        Assert.Null(report.Won);
        Assert.Equal(50, report.WithoutOutcome);
        Assert.All(report.Criteria, criterion => Assert.Null(criterion.AsPredictor));
    }

    [Fact]
    public void Gives_precision_recall_and_lift_as_they_are_defined()
    {
        // Met and won 30, met and lost 10, not met and won 20, not met and lost 140; five still open.
        var webinar = Predictor(Report((Offered, true, 30), (Offered, false, 10), (NotYet, true, 20), (NotYet, false, 140), (Offered, null, 5)), "webinar");
        Assert.Equal((30, 40, 0.75m), (webinar.Precision.Hits, webinar.Precision.N, webinar.Precision.Value));
        Assert.Equal((30, 50, 0.6m), (webinar.Recall.Hits, webinar.Recall.N, webinar.Recall.Value));
        Assert.Equal(3m, webinar.Lift);
        Assert.Equal(0.625m, webinar.Difference);
        Assert.True(webinar.Precision.Low < 0.75m && webinar.Precision.High > 0.75m && webinar.DifferenceLow > 0.4m);
        Assert.True(webinar.Holds);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    public void Shows_counts_alone_below_twenty(int met, bool shows)
    {
        var webinar = Predictor(Report((Offered, true, met), (NotYet, false, 100)), "webinar");
        Assert.Equal(met, webinar.Precision.N);
        Assert.Equal(shows, webinar.Precision.Value is not null);
        Assert.Equal(shows, webinar.Lift is not null);
        Assert.Equal(shows ? null : "too few", webinar.Precision.Note);
    }

    [Fact]
    public void Compares_nothing_that_is_met_for_all_or_if_nobody_was_won()
    {
        Assert.Null(Predictor(Report((Offered, true, 30), (Offered, false, 30)), "webinar").Lift);
        Assert.Null(Predictor(Report((Offered, false, 30), (NotYet, false, 30)), "webinar").Lift);
    }

    [Fact]
    public void Marks_no_criterion_that_chance_explains()
    {
        var report = Report((Offered, true, 25), (Offered, false, 25), (NotYet, true, 25), (NotYet, false, 25));
        Assert.False(Predictor(report, "webinar").Holds);
    }

    [Fact]
    public void Compares_only_leads_that_were_asked()
    {
        var rules = RuleSamples.WithPolicies("policies: [{ id: germany, when: { fact: company.country, op: eq, value: DE }, without: [webinar] }]");
        var german = RuleSamples.Judge(RuleSamples.NotYet().Set(WellKnownFacts.CompanyCountry, FactValue.Of("Tyskland")), rules);
        Assert.Equal("germany", german.Policy);
        // Half of those asked are won, met or not; hardly any of those who are not asked.
        var webinar = Predictor(Report((Offered, true, 25), (Offered, false, 25), (NotYet, true, 25), (NotYet, false, 25), (german, true, 5), (german, false, 195)), "webinar");
        Assert.Equal((0m, 1m, false), (webinar.Difference, webinar.Lift, webinar.Holds));
        Assert.Equal((25, 50), (webinar.Recall.Hits, webinar.Recall.N));
    }

    [Fact]
    public void Names_what_keeps_leads_without_a_verdict()
    {
        var unknown = RuleSamples.Judge(RuleSamples.Lead().Set("engagement.handRaise", FactValue.Unknown));
        Assert.Equal("engagement.handRaise", Report((unknown, null, 4)).Missing[0].Fact);
        Assert.Empty(Report((NotYet, null, 4)).Missing);
    }

    private static BacktestReport Report(params (Evaluation Evaluation, bool? Won, int Times)[] leads)
    {
        var tally = new BacktestTally();
        foreach (var (evaluation, won, times) in leads)
            for (var i = 0; i < times; i++)
                tally.Add(evaluation, GateResult.NoPass, won);
        return tally.Report();
    }

    private static GateCount Gate(BacktestReport report, string gate) => report.Gates.Single(count => count.Gate == gate);

    private static Predictor Predictor(BacktestReport report, string criterion) => report.Criteria.Single(count => count.Criterion == criterion).AsPredictor!;

    private static (int, int, int) CountsOf(BacktestReport report, string criterion) =>
        report.Criteria.Single(count => count.Criterion == criterion) is var count ? (count.Met, count.NotMet, count.Unknown) : default;
}
