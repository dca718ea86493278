using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>One slip of the pen in a rule file is told once.</summary>
public sealed class SlipTests
{
    private static readonly string Body = RuleSamples.ShippedText[RuleSamples.ShippedText.IndexOf("\nschema: 1", StringComparison.Ordinal)..];

    public static TheoryData<string, string> Slips => new()
    {
        { "op: between", "op: betwen" },
        { "group: fit", "group: fits" },
        { "group: blocker", "group: blocked" },
        { "group: bant", "group: bent" },
        { "id: need", "idd: need" },
        { "id: hand-raise", "ID: hand-raise" },
        { "handRaise: true", "handRaise: yes" },
        { "handRaise: true", "handRais: true" },
        { "points: 25", "point: 25" },
        { "points: 25", "points: 25p" },
        { "when: { fact: bant.need", "wen: { fact: bant.need" },
        { "fact: company.employees", "fact: company.employes" },
        { "type: flag", "type: flags" },
        { "type: flag", "typ: flag" },
        { "{ en: Target industry, da:", "{ en: Target industry, dk:" },
        { "text: { en: Target industry", "txt: { en: Target industry" },
        { "languages: [en, da]", "languages: []" },
        { "fact: consent.optedOut, op: eq, value: true", "fact: [], op: eq, value: true" },
        { "value: [20, 1000]", "value: []" },
        { "languages: [en, da]", "language: [en, da]" },
        { "mql: { fit: 50", "mql: { fitt: 50" },
        { "met: [need]", "met: [nead]" },
        { "\ngates:", "\ngate:" },
        { "\ncriteria:", "\ncriterias:" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void Is_told_once(string right, string wrong)
    {
        var at = Body.IndexOf(right, StringComparison.Ordinal);
        var problems = RuleFile.Parse(Body[..at] + wrong + Body[(at + right.Length)..], "r.yaml").Problems;
        Assert.True(problems.Count == 1, string.Join('\n', problems));
    }

    [Theory]
    [InlineData("schema: 1\nname: x\n\tversion: 1\n", 3, 1)]
    [InlineData("schema: 1\nsla:\n  zone: x\n\thours: 1\n", 4, 1)]
    public void Is_shown_where_a_tab_stands(string text, int line, int column)
    {
        var problem = Assert.Single(RuleFile.Parse(text, "r.yaml").Problems);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }
}
