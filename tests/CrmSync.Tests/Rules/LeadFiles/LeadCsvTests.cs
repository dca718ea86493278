using System.Text;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Tests.Rules.LeadFiles;

public sealed class LeadCsvTests
{
    private const string Mapping = """
        delimiter: ";"
        dates: [dd-MM-yyyy, dd-MM-yyyy HH:mm]
        id: Id
        judgedAt: Oprettet
        columns:
          Branche: company.industry
          Ansatte: company.employees
          Frameldt: { fact: consent.optedOut, values: { X: "true", "-": "false" } }
          Købsrolle: person.buyingRole
          Sidevisninger 30 dage: { fact: engagement.pageView, count: 30d }
          Sidste webinar: { fact: engagement.webinarAttended, empty: never }
          Sidste guide: engagement.contentDownload
        outcome: { column: Status, won: [Kunde], lost: [Tabt] }

        """;

    private const string Header = "Id;Navn;Branche;Ansatte;Frameldt;Købsrolle;Sidevisninger 30 dage;Sidste webinar;Sidste guide;Oprettet;Status\n";

    [Fact]
    public void Reads_a_Danish_export()
    {
        var row = Single("9007199254740993;Mette;Maskinindustri;1.250,0;x;Beslutter;Bruger;4;17-11-2026;;23-11-2026 10:15;kunde\n".Replace("Beslutter;Bruger", "\"Beslutter; Bruger\""));
        Assert.Equal(("9007199254740993", RuleSamples.Judged, true), (row.Name, row.At, row.Won));
        Assert.Equal(("Maskinindustri", 1250m, true), (row.Facts[WellKnownFacts.CompanyIndustry].Text, row.Facts[WellKnownFacts.CompanyEmployees].Number, row.Facts[WellKnownFacts.ConsentOptedOut].Flag));
        Assert.Equal(["Beslutter", "Bruger"], row.Facts[WellKnownFacts.PersonBuyingRole].Choices);
        Assert.False(row.Facts["engagement.contentDownload"].IsKnown);
    }

    [Fact]
    public void Counts_acts_as_of_the_judgement_and_only_for_their_period()
    {
        var row = Single("1;;;;;;4;17-11-2026;;23-11-2026 10:15;\n");
        Assert.Equal(CriterionResult.Met, Result(row, "website"));
        Assert.Equal(CriterionResult.Met, Result(row, "webinar"));
        Assert.Equal(CriterionResult.Unknown, Result(row, "content"));
        var none = Single("1;;;;;;2;;;23-11-2026 10:15;\n");
        Assert.Equal(CriterionResult.NotMet, Result(none, "website"));
        Assert.Equal(CriterionResult.NotMet, Result(none, "webinar"));
        Assert.Equal(CriterionResult.Unknown, Result(Single("1;;;;;;;;;23-11-2026 10:15;\n"), "website"));
    }

    [Theory]
    [InlineData("0", CriterionResult.Unknown)]
    [InlineData("1", CriterionResult.Met)]
    [InlineData("", CriterionResult.Unknown)]
    public void Says_nothing_of_the_time_before_its_period(string count, CriterionResult within60Days)
    {
        var mapping = Mapping.Replace("  Sidste guide: engagement.contentDownload", "  Sidste guide: { fact: engagement.contentDownload, count: 30d }");
        Assert.Equal(within60Days, Result(Single($"1;;;;;;;;{count};23-11-2026 10:15;\n", mapping), "content"));
    }

    [Fact]
    public void Takes_acts_without_a_column_for_never_only_if_told()
    {
        const string row = "1;;;;;;;;;23-11-2026 10:15;\n";
        Assert.Equal(CriterionResult.Unknown, Result(Single(row), "hand-raise"));
        Assert.Equal(CriterionResult.NotMet, Result(Single(row, Mapping + "unmapped: never\n"), "hand-raise"));
    }

    [Fact]
    public void Takes_a_formula_for_text() =>
        Assert.Equal("=cmd|'/c calc'!A0", Single("1;;=cmd|'/c calc'!A0;;;;;;;23-11-2026;\n").Facts[WellKnownFacts.CompanyIndustry].Text);

    [Theory]
    [InlineData("1;Mette;;cirka 50;;;;;;23-11-2026;", "Ansatte", "number")]
    [InlineData("1;Mette;;1.5;;;;;;23-11-2026;", "Ansatte", "number")]
    [InlineData("1;Mette;;NaN;;;;;;23-11-2026;", "Ansatte", "number")]
    [InlineData("1;Mette;;1e400;;;;;;23-11-2026;", "Ansatte", "number")]
    [InlineData("1;Mette;;;måske;;;;;23-11-2026;", "Frameldt", "values")]
    [InlineData("1;Mette;;;;;-1;;;23-11-2026;", "Sidevisninger 30 dage", "whole number")]
    [InlineData("1;Mette;;;;;;i går;;23-11-2026;", "Sidste webinar", "dates")]
    [InlineData("1;Mette;;;;;;;;;", "Oprettet", "date")]
    [InlineData("1;Mette;;;;;;;;32-11-2026;", "Oprettet", "date")]
    [InlineData("1;Mette;;", null, "4 cells, the header 11")]
    public void Leaves_out_a_bad_row_and_names_line_column_and_reason_but_no_value(string bad, string? column, string reason)
    {
        using var csv = Open($"{Header}{bad}\n2;;;;;;;;;23-11-2026;\n");
        Assert.Equal("2", Assert.Single(csv.Rows(default)).Name);
        var row = Assert.Single(csv.Bad.First);
        Assert.Equal((2, column, 1), (row.Line, row.Column, csv.Bad.Count));
        Assert.Contains(reason, row.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Mette", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_if_no_row_can_be_read()
    {
        using var csv = Open($"{Header}1;2\n3;4\n");
        var failure = Assert.Throws<LeadFileException>(() => csv.Rows(default).Count());
        Assert.Equal((LeadFileFault.Data, 2), (failure.Fault, failure.Problems.Count));
    }

    [Fact]
    public void Finds_no_leads_below_a_lone_header()
    {
        using var csv = Open(Header);
        Assert.Empty(csv.Rows(default));
    }

    [Fact]
    public void Says_which_column_the_file_lacks_at_the_line_of_the_mapping()
    {
        var failure = Assert.Throws<LeadFileException>(() => Open(Header.Replace("Branche", "Branchen")));
        var problem = Assert.Single(failure.Problems);
        Assert.Equal((LeadFileFault.Mapping, "map.yaml:6:3"), (failure.Fault, problem.Where));
        Assert.Contains("Branchen", problem.Repair, StringComparison.Ordinal);
    }

    [Fact]
    public void Guesses_that_the_delimiter_is_another() =>
        Assert.All(Assert.Throws<LeadFileException>(() => Open(Header.Replace(';', ','))).Problems, problem => Assert.Contains("delimiter", problem.Repair, StringComparison.Ordinal));

    [Fact]
    public void Reads_UTF8_with_its_mark_and_Windows_1252_if_told()
    {
        var text = Header + "1;;Fødevarer;;;;;;;23-11-2026;\n";
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        foreach (var (bytes, mapping) in new (byte[], string)[] { ([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], Mapping), (windows.GetBytes(text), Mapping + "encoding: windows-1252\n") })
        {
            using var csv = LeadCsv.Open(new MemoryStream(bytes), "leads.csv", Map(mapping), RuleSamples.Shipped.Catalogue, RuleSamples.Judged);
            Assert.Equal("Fødevarer", Assert.Single(csv.Rows(default)).Facts[WellKnownFacts.CompanyIndustry].Text);
        }
        var failure = Assert.Throws<LeadFileException>(() => LeadCsv.Open(new MemoryStream(windows.GetBytes(text)), "leads.csv", Map(Mapping), RuleSamples.Shipped.Catalogue, default));
        Assert.Contains("windows-1252", failure.Problems[0].Repair, StringComparison.Ordinal);
    }

    [Fact]
    public void Holds_one_row_in_memory_however_long_the_file()
    {
        using var csv = LeadCsv.Open(new EndlessRows(Header, "1;Mette;Metal;50;-;;4;17-11-2026;;23-11-2026 10:15;Kunde\n", 300_000), "leads.csv", Map(Mapping), RuleSamples.Shipped.Catalogue, default);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (rows, most) = (0, 0L);
        foreach (var _ in csv.Rows(default))
            if (++rows % 100_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal(300_000, rows);
        Assert.InRange(most, long.MinValue, 20_000_000);
    }

    private static LeadRow Single(string row, string mapping = Mapping)
    {
        using var csv = Open(Header + row, mapping);
        var rows = csv.Rows(default).ToList();
        Assert.Empty(csv.Bad.First);
        return Assert.Single(rows);
    }

    private static CriterionResult Result(LeadRow row, string criterion) =>
        RuleEngine.Evaluate(RuleSamples.Shipped, row.Facts, new(row.At)).Findings.Single(finding => finding.Criterion == criterion).Result;

    private static LeadMapping Map(string mapping) => LeadMappingFile.Read(Encoding.UTF8.GetBytes(mapping), "map.yaml", [RuleSamples.Shipped]);

    private static LeadCsv Open(string text, string mapping = Mapping) =>
        LeadCsv.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "leads.csv", Map(mapping), RuleSamples.Shipped.Catalogue, RuleSamples.Judged);
}
