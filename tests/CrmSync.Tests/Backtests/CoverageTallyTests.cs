using CrmSync.Leads.Backtests;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Backtests;

public sealed class CoverageTallyTests
{
    [Fact]
    public void Counts_who_cannot_be_decided_and_what_is_empty()
    {
        var report = Report((RuleSamples.Lead(), 30), (RuleSamples.Lead().Set(WellKnownFacts.CompanyEmployees, FactValue.Of(50m)), 10));
        var size = report.Criteria.Single(criterion => criterion.Criterion == "company-size");
        Assert.Equal((10, 30, 0.75m), (size.Decided, size.Unknown, size.UnknownShare));
        var employees = report.Facts.Single(fact => fact.Fact == WellKnownFacts.CompanyEmployees);
        Assert.Equal((30, 0.75m, 0), (employees.Empty, employees.EmptyShare, employees.KeepsUndecided));
        Assert.Equal((40, 0), (report.Leads, report.Facts.Single(fact => fact.Fact == WellKnownFacts.CompanyIndustry).Empty));
    }

    [Fact]
    public void Puts_first_what_hurts_most()
    {
        var report = Report((RuleSamples.Offered().Set(WellKnownFacts.CompanyIndustry, FactValue.Unknown).Set(WellKnownFacts.PersonRole, FactValue.Unknown), 25));
        Assert.Equal(["role", "industry"], report.Criteria.Take(3).Select(criterion => criterion.Criterion).Where(id => id is "role" or "industry"));
        Assert.Equal(25, report.Facts[0].KeepsUndecided);
        Assert.Equal(0, report.Facts[^1].Empty);
    }

    [Fact]
    public void Shows_counts_alone_below_twenty()
    {
        var report = Report((RuleSamples.Lead(), 19));
        Assert.All(report.Criteria, criterion => Assert.Null(criterion.UnknownShare));
        Assert.All(report.Facts, fact => Assert.Null(fact.EmptyShare));
    }

    [Fact]
    public void Is_content_with_nobody() => Assert.Equal(0, Report().Leads);

    private static CoverageReport Report(params (LeadFacts.Builder Lead, int Times)[] leads)
    {
        var tally = new CoverageTally(RuleSamples.Shipped);
        foreach (var (lead, times) in leads)
            for (var i = 0; i < times; i++)
                tally.Add(lead.Build(), RuleSamples.Judge(lead));
        return tally.Report();
    }
}
