using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

/// <summary>Figures at the very instant at which something counts, and what must not count twice.</summary>
public sealed class KpiEdgeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset CutOff = Start.AddDays(400);

    [Fact]
    public void A_lead_that_has_had_exactly_the_horizon_is_not_too_young() =>
        Assert.Equal((0, 1, 0), Counts(Figure([Mql(400 - 14)], "mql-to-sal")));

    [Fact]
    public void A_no_ends_the_waiting_for_a_yes()
    {
        var rows = Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? Mql(i) with { RejectedAt = Start.AddDays(i + 1), DecidedAt = Start.AddDays(i + 1) }
            : Mql(i) with { AcceptedAt = Start.AddDays(i + 2), DecidedAt = Start.AddDays(i + 2) });
        // Taken for open cases, the rejected would make everybody accepted.
        Assert.Equal(0.5m, Figure(rows, "mql-to-sal.incidence").Value);
    }

    [Fact]
    public void Customers_are_given_the_time_that_nine_sales_of_ten_took()
    {
        var tally = new KpiTally(new(CutOff));
        foreach (var row in Enumerable.Range(0, 21).Select(i => Sal(i) with { WonAt = Start.AddDays(i + 100 + 10 * i) }))
            tally.Add(row);
        Assert.Equal(280, tally.CustomerHorizon().TotalDays);
    }

    [Fact]
    public void An_answer_at_the_instant_that_was_promised_is_in_time()
    {
        var rows = Enumerable.Range(0, 20).Select(i => Mql(i) with { OfferedAt = Start.AddDays(i), DueAt = Start.AddDays(i + 1), DecidedAt = Start.AddDays(i + 1), AcceptedAt = Start.AddDays(i + 1) });
        Assert.Equal((20, 20, 0), Counts(Figure(rows, "sla.met")));
    }

    [Fact]
    public void A_no_was_wrong_once_however_often_the_lead_was_sold_later()
    {
        var no = Mql(0) with { RejectedAt = Start.AddDays(1), DecidedAt = Start.AddDays(1) };
        EpisodeRow Sold(int episode) => Sal(episode * 50) with { LeadKey = no.LeadKey, Episode = episode, DecidedAt = Start.AddDays(episode * 50), WonAt = Start.AddDays(episode * 50 + 20) };
        Assert.Equal((1, 1, 0), Counts(Figure([no, Sold(2), Sold(3)], "override.no.then-won")));
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public void A_no_corrects_a_yes_for_a_day_and_recycles_it_then(int hours, bool recycled)
    {
        var fold = new HistoryFold("lead", imported: false);
        fold.Add(new(HistoryStage.MarketingQualified, Start));
        fold.Add(new(HistoryStage.SalesAccepted, Start.AddDays(1)));
        fold.Add(new(HistoryStage.Rejected, Start.AddDays(1).AddHours(hours)));
        var row = Assert.Single(fold.Episodes());
        Assert.Equal((recycled, recycled), (row.AcceptedAt is not null, row.RecycledAt is not null));
    }

    [Fact]
    public void Nobody_waits_for_a_first_contact_after_a_no()
    {
        EpisodeRow Offer(int i) => Mql(i) with { OfferedAt = Start.AddDays(i) };
        List<EpisodeRow> rows =
        [
            .. Enumerable.Range(0, 20).Select(i => Offer(i) with { ContactedAt = Start.AddDays(i).AddHours(2) }),
            Offer(30) with { RejectedAt = Start.AddDays(31), DecidedAt = Start.AddDays(31) }, Offer(40) with { LapsedAt = Start.AddDays(45) }, Offer(50),
        ];
        Assert.Equal((null, 20, 1), Counts(Figure(rows, "speed-to-lead")));
    }

    [Fact]
    public void A_lead_has_been_in_its_stage_since_its_latest_episode()
    {
        List<EpisodeRow> rows = [];
        for (var i = 0; i < 20; i++)
        {
            rows.Add(Mql(i) with { Stage = LifecycleStage.MarketingQualified, StageSince = Start.AddDays(1), RejectedAt = Start.AddDays(i + 1) });
            rows.Add(Mql(i) with { Episode = 2, MqlAt = Start.AddDays(i + 100), Stage = LifecycleStage.MarketingQualified, StageSince = CutOff.AddDays(-7) });
        }
        var age = Figure(rows, "stage.age");
        Assert.Equal((20, 7m), (age.N, age.Value));
    }

    [Fact]
    public void A_lead_that_goes_on_with_another_history_keeps_nothing_of_the_one_before()
    {
        var (used, fresh) = (new HistoryFold("a", imported: false), new HistoryFold("b", imported: false));
        foreach (var (stage, day) in new[] { (HistoryStage.Lead, 0), (HistoryStage.Opportunity, 1), (HistoryStage.Rejected, 2), (HistoryStage.Customer, 3) })
            used.Add(new(stage, Start.AddDays(day)) { Source = "web", Owner = "1", Company = "c", CompanyPrint = 7, Connection = "main", Reason = "NoNeed" });
        Assert.NotEmpty(used.Episodes());
        used.Restart("b");
        foreach (var fold in new[] { used, fresh })
            fold.Add(new(HistoryStage.MarketingQualified, Start.AddDays(9)));
        Assert.Equal(fresh.Episodes(), used.Episodes());
    }

    private static (int?, int, int) Counts(KpiFigure figure) => (figure.Numerator, figure.N, figure.Open);

    private static EpisodeRow Mql(int day) => new() { LeadKey = $"lead-{day}", Episode = 1, MqlAt = Start.AddDays(day) };

    private static EpisodeRow Sal(int day) => Mql(day) with { AcceptedAt = Start.AddDays(day), AcceptedAs = HandoverState.Accepted };

    private static KpiFigure Figure(IEnumerable<EpisodeRow> rows, string id)
    {
        var tally = new KpiTally(new(CutOff));
        foreach (var row in rows)
            tally.Add(row);
        return tally.Figures(null, tally.CustomerHorizon()).Single(figure => figure.Id == id);
    }
}
