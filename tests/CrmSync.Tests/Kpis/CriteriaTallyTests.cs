using CrmSync.Leads.Backtests;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Reports;

namespace CrmSync.Tests.Kpis;

public sealed class CriteriaTallyTests
{
    private static readonly (string, CriterionGroup)[] Criteria = [("role", CriterionGroup.Fit), ("webinar", CriterionGroup.Interest), ("country", CriterionGroup.Fit)];

    [Fact]
    public void Finds_the_criterion_that_foretells_and_claims_nothing_of_the_others()
    {
        // Role foretells acceptance; webinar and country are drawn apart from it.
        var (tally, random) = (new CriteriaTally(), new Random(2));
        for (var i = 0; i < 400; i++)
        {
            var role = i % 2 == 0;
            var accepted = random.NextDouble() < (role ? 0.7 : 0.3);
            tally.Add(
                [Found(0, role), Found(1, random.Next(2) == 0), Found(2, random.Next(2) == 0)],
                accepted, accepted ? random.Next(4) == 0 : null);
        }
        var report = tally.Report();
        var role0 = report.Criteria[0];
        Assert.True(role0.OnAcceptance.Holds);
        Assert.True(role0.OnAcceptance.DifferenceLow > 0.2m && role0.OnAcceptance.Lift > 1.2m);
        Assert.All(report.Criteria.Skip(1), criterion => Assert.False(criterion.OnAcceptance.Holds));
        Assert.All(report.Criteria, criterion => Assert.False(criterion.OnWinning.Holds));
        using var screen = new StringWriter();
        new CriteriaScreen(screen, new("en"), id => id).Print(report);
        Assert.Contains("evidence for", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("no evidence", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_which_criterion_would_have_caught_the_rejected()
    {
        var tally = new CriteriaTally();
        for (var i = 0; i < 60; i++)
        {
            var accepted = i < 30;
            tally.Add([Found(0, accepted || i < 35), Found(1, i % 2 == 0)], accepted, accepted ? i < 10 : null);
        }
        var (role, webinar) = (tally.Report().Criteria[0], tally.Report().Criteria[1]);
        Assert.Equal((25, 30, 0), (role.RejectedCaught.Hits, role.RejectedCaught.N, role.AcceptedLost.Hits));
        Assert.Equal((15, 15, 5), (webinar.RejectedCaught.Hits, webinar.AcceptedLost.Hits, webinar.WonLost.Hits));
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+45", "\"'+45\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@x", "\"'@x\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("person:42", "person:42")]
    public void A_cell_is_never_a_formula(string text, string cell) => Assert.Equal(cell, TransitionLines.Cell(text));

    private static (string, CriterionGroup, CriterionResult) Found(int criterion, bool met) =>
        (Criteria[criterion].Item1, Criteria[criterion].Item2, met ? CriterionResult.Met : CriterionResult.NotMet);
}
