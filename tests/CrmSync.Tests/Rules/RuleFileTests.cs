using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

public sealed class RuleFileTests
{
    [Fact]
    public void Reads_the_shipped_file()
    {
        Assert.Equal(("Standard", 20), (RuleSamples.Shipped.Name, RuleSamples.Shipped.Criteria.Count));
        Assert.Matches("^[0-9a-f]{64}$", RuleSamples.Shipped.Hash);
    }

    [Theory]
    [InlineData("op: between", "op: betwen", "No operator is named 'betwen'.", "Did you mean 'between'?")]
    [InlineData("fact: company.employees", "fact: company.employes", "No fact is named 'company.employes'.", "Did you mean 'company.employees'?")]
    [InlineData("handover:", "handovr:", "A rule file has no key 'handovr'.", "Did you mean 'handover'?")]
    [InlineData("group: fit", "group: fits", "'group' must be one of fit, interest, bant, blocker.", "Did you mean 'fit'?")]
    [InlineData("id: company-size", "id: industry", "The id 'industry' is taken.", "")]
    [InlineData("fit: 50", "fit: 101", "'fit' must be a whole number from 1 to 100.", "")]
    [InlineData("met: [need]", "met: [nead]", "No criterion has the id 'nead'.", "Did you mean 'need'?")]
    [InlineData("{ en: Target industry, da: Branche i målgruppen }", "{ en: Target industry }", "The text in 'da' is missing.", "")]
    [InlineData("count: 2", "count: 5", "5 of 4 criteria can never be met.", "")]
    [InlineData("points: 25", "points: 25\n    points: 30", "The key 'points' comes twice.", "")]
    [InlineData("value: [20, 1000]", "value: [1000, 20]", "'between' takes two numbers, the lesser first.", "")]
    [InlineData("within: 14d", "within: 14x", "'within' must be a length of time up to 3650 days.", "")]
    [InlineData("signed: []", "signed: &a []", "Anchors (&) and tags (!) are not allowed.", "")]
    [InlineData("signed: []", "signed: *a", "Aliases (*a) are not allowed.", "")]
    [InlineData("zone: Europe/Copenhagen", "zone: Europe/Kopenhagen", "No time zone is named 'Europe/Kopenhagen'.", "")]
    [InlineData("op: between", "op: contains", "'contains' does not fit 'company.employees', which holds Number.", "It takes eq, between")]
    public void Names_what_is_wrong_and_where(string right, string wrong, string message, string repair)
    {
        var at = RuleSamples.ShippedText.IndexOf(right, RuleSamples.ShippedText.IndexOf("\nschema: 1", StringComparison.Ordinal), StringComparison.Ordinal);
        var text = RuleSamples.ShippedText[..at] + wrong + RuleSamples.ShippedText[(at + right.Length)..];
        var result = RuleFile.Parse(text, "r.yaml");
        Assert.Null(result.RuleSet);
        var problem = result.Problems.First(problem => problem.Message == message);
        Assert.StartsWith(repair, problem.Repair, StringComparison.Ordinal);
        var line = text[..at].Count(c => c == '\n') + 1;
        Assert.InRange(problem.Line, line, line + 1);
    }

    [Fact]
    public void Gives_line_and_column()
    {
        var problem = Assert.Single(RuleFile.Parse(RuleSamples.ShippedText.Replace("\nname: Standard", "\nnaem: x\nname: Standard"), "r.yaml").Problems);
        var line = RuleSamples.ShippedText.Split('\n').ToList().IndexOf("name: Standard") + 1;
        Assert.Equal($"r.yaml:{line}:1: error: A rule file has no key 'naem'. Did you mean 'name'?", problem.ToString());
    }

    [Fact]
    public void Reports_all_errors_at_once()
    {
        var text = RuleSamples.ShippedText.Replace("op: between", "op: betwen").Replace("version: 1\n", "version: x\n").Replace("acceptOn: answer", "acceptOn: no");
        Assert.Equal(3, RuleFile.Parse(text, "r.yaml").Problems.Count);
    }

    [Fact]
    public void Refuses_a_threshold_that_no_lead_can_reach()
    {
        var result = RuleFile.Parse(RuleSamples.ShippedText.Replace("points: 30", "points: 3").Replace("fit: 50", "fit: 90"), "r.yaml");
        Assert.Equal("90 can never be reached: the criteria of 'fit' add up to 73.", Assert.Single(result.Problems).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("a: [")]
    [InlineData("text")]
    [InlineData("schema: 1\n---\nschema: 1")]
    [InlineData("? [a]\n: b")]
    public void Refuses_what_is_no_rule_file(string text) => Assert.Null(RuleFile.Parse(text, "r.yaml").RuleSet);

    [Fact]
    public void Refuses_deep_and_huge_files()
    {
        Assert.Contains(RuleFile.Parse("a: " + new string('[', 5000), "r").Problems, problem => problem.Message.Contains("deeper than 16"));
        Assert.Contains(RuleFile.Parse("# " + new string('x', 1024 * 1024), "r").Problems, problem => problem.Message.Contains("larger than 1 MB"));
        Assert.Contains(RuleFile.Load("/nowhere/rules.yaml").Problems, problem => problem.Message.StartsWith("The file cannot be read", StringComparison.Ordinal));
        Assert.Contains(RuleFile.FromBytes([0xFF, 0xFE, 0x00], "r").Problems, problem => problem.Message == "The file is not UTF-8.");
    }
}
