using System.Text;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Tests.Rules.LeadFiles;

public sealed class LeadMappingFileTests
{
    [Fact]
    public void Takes_what_is_usual_in_Denmark_unless_told()
    {
        var mapping = Read("columns: { Branche: company.industry }");
        Assert.Equal((';', ',', ";"), (mapping.Delimiter, mapping.Decimal, mapping.Lists));
        Assert.Equal(("Branche", WellKnownFacts.CompanyIndustry, ColumnUse.Value), (mapping.Columns[0].Header, mapping.Columns[0].Fact.Name, mapping.Columns[0].Use));
        Assert.Null(mapping.Outcome.Header);
        Assert.Contains("kunde", mapping.Outcome.Won);
    }

    [Fact]
    public void Knows_the_four_uses_of_a_column()
    {
        var mapping = Read("""
            columns:
              a: engagement.pageView
              b: { fact: engagement.pageView, count: 30d }
              c: { fact: engagement.pageView, as: total }
              d: person.role
            """);
        Assert.Equal([ColumnUse.LastAt, ColumnUse.Count, ColumnUse.Total, ColumnUse.Value], mapping.Columns.Select(column => column.Use));
        Assert.Equal(TimeSpan.FromDays(30), mapping.Columns[1].Period);
    }

    [Theory]
    [InlineData("columns: { A: company.industri }", "1:15", "company.industry")]
    [InlineData("column: { A: company.industry }", "1:1", "columns")]
    [InlineData("columns: { A: company.industry }\ndelimiter: x", "2:12", "one of")]
    [InlineData("columns: { A: company.industry }\nencoding: latin1", "2:11", "windows-1252")]
    [InlineData("columns: { A: company.industry }\nzone: Mars", "2:7", "Europe/Copenhagen")]
    [InlineData("columns: { A: company.industry }\ndates: [mm]", "2:9", "dd-MM-yyyy")]
    [InlineData("columns: { A: company.industry }\nat: now", "2:5", "2026-11-23")]
    [InlineData("columns: { A: company.industry, B: company.industry }", "1:33", "company.industry")]
    [InlineData("columns: { A: { fact: company.industry, count: 30d } }", "1:41", "acts alone")]
    [InlineData("columns: { A: { fact: engagement.pageView, as: count } }", "1:15", "count: 30d")]
    [InlineData("columns: { A: { fact: engagement.pageView, values: { x: y } } }", "1:44", "no values")]
    [InlineData("columns: { A: company.industry }\noutcome: { won: [x], lost: [x], column: S }", "2:10", "both won and lost")]
    [InlineData("columns: { A: company.industry }\noutcome: { won: [x] }", "2:10", "column")]
    [InlineData("columns: []", "1:10", "map")]
    [InlineData("columns: &a { A: *a }", "1:10", "not allowed")]
    [InlineData("- a", "1:1", "map")]
    [InlineData("", "1:1", "empty")]
    [InlineData("columns: {", "2:1", "YAML")]
    public void Points_at_what_is_wrong(string yaml, string where, string what)
    {
        var failure = Assert.Throws<LeadFileException>(() => Read(yaml));
        Assert.Equal(LeadFileFault.Mapping, failure.Fault);
        Assert.Contains(failure.Problems, p => p.Where.StartsWith($"map.yaml:{where}", StringComparison.Ordinal) && $"{p.Message} {p.Repair}".Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Knows_the_facts_and_values_that_the_rules_add()
    {
        var mapping = Read("columns: { Konkurrent: company.competitor }");
        Assert.Equal("true", mapping.Columns[0].Values["yes"]);
    }

    private static LeadMapping Read(string yaml) => LeadMappingFile.Read(Encoding.UTF8.GetBytes(yaml), "map.yaml", [RuleSamples.Shipped]);
}
