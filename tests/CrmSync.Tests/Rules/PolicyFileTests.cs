using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>What may be wrong with a list of policies or with caps, and how it is told.</summary>
public sealed class PolicyFileTests
{
    private const string Condition = "when: { fact: company.country, op: eq, value: DE }";

    [Theory]
    [InlineData("id: a, extends: b", "No policy has the id 'b'.", "")]
    [InlineData("id: germany, extends: germny, CONDITION }, { id: germany2", "No policy has the id 'germny'.", "Did you mean 'germany'?")]
    [InlineData("id: a, CONDITION, without: [socal]", "This policy inherits no criterion 'socal'.", "Did you mean 'social'?")]
    [InlineData("id: a, CONDITION, criteria: [ned]", "No criterion has the id 'ned'.", "Did you mean 'need'?")]
    [InlineData("id: a, CONDITION, criteria: [need], without: [social]", "A policy has 'criteria' or 'without', not both.", "")]
    [InlineData("id: a, CONDITION, points: { industri: 3 }", "'points' has no key 'industri'.", "Did you mean 'industry'?")]
    [InlineData("id: a, CONDITION, points: { need: 3 }", "Only fit and interest carry points.", "Remove it.")]
    [InlineData("id: a, CONDITION, points: { role: 300 }", "'role' must be a whole number from -100 to 100.", "")]
    [InlineData("id: a, CONDITION, without: [need]", "In the policy 'a': A gate asks for 'need', which this policy leaves out.", "Keep the criterion")]
    [InlineData("id: a, CONDITION, without: [role, industry, country]", "In the policy 'a': 50 can never be reached: the criteria of 'fit' add up to 25.", "Lower it to 25")]
    [InlineData("id: a, CONDITION, without: [hand-raise]", "In the policy 'a': No criterion is a hand-raise.", "Set handRaise")]
    [InlineData("id: a, CONDITION, gates: { mql: { fitt: 3 } }", "'mql' has no key 'fitt'.", "Did you mean 'fit'?")]
    [InlineData("id: a, CONDITION, gates: { mqls: { fit: 3 } }", "'gates' has no key 'mqls'.", "Did you mean 'mql'?")]
    [InlineData("id: a, CONDITION }, { id: a, CONDITION", "The id 'a' is taken.", "")]
    [InlineData("id: default, CONDITION", "'default' is what the criteria and gates of the file are called.", "Choose another id.")]
    [InlineData("id: a }, { id: b, CONDITION", "'a' has no 'when' and judges every lead that gets there; what follows is never asked.", "Move it to the end.")]
    [InlineData("when: { fact: company.country, op: eq, value: DE }", "A policy lacks 'id'.", "")]
    [InlineData("id: a, wen: 3", "A policy has no key 'wen'.", "Did you mean 'when'?")]
    [InlineData("id: a, when: { fact: company.contry, op: eq, value: DE }", "No fact is named 'company.contry'.", "Did you mean 'company.country'?")]
    public void Names_what_is_wrong_with_a_policy(string policy, string message, string repair)
    {
        var result = Parse($"policies: [{{ {policy.Replace("CONDITION", Condition)} }}]");
        Assert.Null(result.RuleSet);
        var problem = result.Problems.First(problem => problem.Message == message);
        Assert.StartsWith(repair, problem.Repair, StringComparison.Ordinal);
        Assert.Equal(RuleSamples.ShippedText.Count(c => c == '\n') + 2, problem.Line);
        Assert.InRange(problem.Column, 12, 200);
    }

    [Fact]
    public void Refuses_policies_that_extend_each_other_in_a_circle()
    {
        var result = Parse($"""
            policies:
              - id: a
                extends: b
                {Condition}
              - id: b
                extends: c
                {Condition}
              - id: c
                extends: a
                {Condition}
            """);
        var problem = Assert.Single(result.Problems);
        Assert.Equal("Policies extend each other in a circle: 'a', 'b', 'c', 'a'.", problem.Message);
        Assert.Equal((RuleSamples.ShippedText.Count(c => c == '\n') + 10, 14), (problem.Line, problem.Column));
    }

    [Fact]
    public void Says_where_the_settings_of_an_old_file_went()
    {
        var result = RuleFile.Parse(RuleSamples.ShippedText.Replace("\nhandover:\n", "\npolicies:\n"), "r.yaml");
        var problem = Assert.Single(result.Problems);
        Assert.Equal("'policies' is the list of policies; mqlFrom, silence, acceptOn, coolOff no longer stand there.", problem.Message);
        Assert.Equal("Move them to 'handover:'.", problem.Repair);
    }

    [Fact]
    public void Warns_of_a_criterion_that_no_policy_asks()
    {
        var result = Parse("policies: [{ id: all, without: [social] }]");
        Assert.NotNull(result.RuleSet);
        Assert.Equal("No policy asks for the criterion 'social'.", Assert.Single(result.Problems).Message);
    }

    [Theory]
    [InlineData("interest: { cap: 25, halfLife: 30d }", "30 can never be reached: 'scores' caps 'interest' at 25.")]
    [InlineData("interest: { cap: 101 }", "'cap' must be a whole number from 1 to 100.")]
    [InlineData("interest: { kap: 50 }", "'interest' has no key 'kap'.")]
    public void Refuses_a_threshold_above_the_cap(string scores, string message)
    {
        var result = RuleFile.Parse(RuleSamples.ShippedText.Replace("interest: { halfLife: 30d }", scores), "r.yaml");
        Assert.Contains(result.Problems, problem => problem.Message == message);
        Assert.Null(result.RuleSet);
    }

    [Fact]
    public void Reads_the_example_of_the_shipped_file()
    {
        var at = RuleSamples.ShippedText.IndexOf("\n# policies:\n", StringComparison.Ordinal);
        var text = RuleSamples.ShippedText[..at] + RuleSamples.ShippedText[at..].Replace("\n# ", "\n");
        var germany = Assert.Single(RuleSamples.Parse(text).Policies);
        Assert.Equal(("germany", 60, 35), (germany.Id, germany.Gates.Mql.Fit, germany.Find("company-size")!.Points));
    }

    private static RuleFileResult Parse(string policies) => RuleFile.Parse($"{RuleSamples.ShippedText}\n{policies}", "r.yaml");
}
