using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;
using CrmSync.Worker.Reports;

namespace CrmSync.Tests.Kpis;

public sealed class FigureTextTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en")]
    [InlineData("da")]
    public void Every_figure_has_a_name_and_a_definition(string language)
    {
        var (text, tally) = (new FigureText(language), new KpiTally(new(Start)));
        tally.Add(new() { LeadKey = "a", Episode = 1, MqlAt = Start, Stage = CrmSync.Leads.LifecycleStage.Lead, StageSince = Start });
        Assert.All(tally.Figures(null, TimeSpan.FromDays(90)), figure =>
        {
            Assert.NotEqual(figure.Id, text.Name(figure.Id));
            Assert.NotEmpty(text.Definition(figure.Id));
            Assert.All(figure.Remarks, remark => Assert.NotEmpty(text.Remark(remark)));
        });
        Assert.All(FigureText.Ids, id => Assert.NotEmpty(text.Definition(id)));
    }

    [Fact]
    public void Writes_numbers_as_each_language_does()
    {
        var figure = new KpiFigure("mql-to-sal", 1, "episode", null, 1_234, 2_000, 0) { Measure = KpiMeasure.Share, Value = 0.617m, Low = 0.5952m, High = 0.6380m };
        Assert.Equal(("61.7 %", "59.5 - 63.8 %", "1,234"), (new FigureText("en").Value(figure, figure.Value), new FigureText("en").Interval(figure), new FigureText("en").Count(1_234)));
        Assert.Equal(("61,7 %", "59,5 - 63,8 %", "1.234"), (new FigureText("da").Value(figure, figure.Value), new FigureText("da").Interval(figure), new FigureText("da").Count(1_234)));
    }

    [Theory]
    [InlineData("2026", "2025-12-31T23:00Z", "2026-12-31T23:00Z")]
    [InlineData("2026-Q2", "2026-03-31T22:00Z", "2026-06-30T22:00Z")]
    [InlineData("2026-03", "2026-02-28T23:00Z", "2026-03-31T22:00Z")]
    [InlineData("2026-W01", "2025-12-28T23:00Z", "2026-01-04T23:00Z")]
    [InlineData("2026-01-05..2026-01-06", "2026-01-04T23:00Z", "2026-01-06T23:00Z")]
    public void Reads_a_period_of_local_days(string text, string from, string to)
    {
        var period = PeriodText.Parse(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"));
        Assert.Equal((At(from), At(to)), (period!.Value.From, period.Value.To));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("soon")]
    [InlineData("2026-13")]
    [InlineData("2026-W54")]
    [InlineData("2026-Q5")]
    [InlineData("2026-02..2026-01")]
    public void Takes_nothing_else_for_a_period(string text) => Assert.Null(PeriodText.Parse(text, TimeZoneInfo.Utc));

    [Fact]
    public void Shows_an_arrow_only_where_the_difference_is_sure()
    {
        KpiFigure Share(int hits, int n) => new("mql-to-sal", 1, "episode", null, hits, n, 0) { Measure = KpiMeasure.Share };
        Assert.Equal(('▲', '▼', ' ', ' '), (KpiGroupScreen.Arrow(Share(80, 100), Share(130, 200)), KpiGroupScreen.Arrow(Share(20, 100), Share(70, 200)),
            KpiGroupScreen.Arrow(Share(52, 100), Share(102, 200)), KpiGroupScreen.Arrow(Share(9, 10), Share(60, 200))));
    }

    private static DateTimeOffset? At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
