using CrmSync.Tests.Rules.Review;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules.BadInput;

/// <summary>Whatever is wrong in a file: a clear error at its place.</summary>
public sealed class BadFileTests
{
    [Theory]
    [InlineData("when: &c { not: *c }")]
    [InlineData("when: { fact: company.name, op: !!python/object:os.system exists }")]
    public void Refuses_what_refers_to_itself_or_names_a_type(string when) =>
        Assert.Null(Timed.Read(ReviewSamples.Shipped("when: { op: inCoolOff }", when)).RuleSet);

    [Fact]
    public void Refuses_policies_that_extend_each_other()
    {
        var problems = Timed.Read(ReviewSamples.Shipped("\nhandover:", "\npolicies:\n  - { id: a, extends: b, when: { op: inCoolOff } }\n  - { id: b, extends: a, when: { op: inCoolOff } }\n\nhandover:")).Problems;
        Assert.Contains(problems, problem => problem.Message.Contains("in a circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("points: 25", "points: NaN")]
    [InlineData("points: 25", "points: .inf")]
    [InlineData("points: 25", "points: 1e400")]
    [InlineData("points: 25", "points: 99999999999999999999")]
    [InlineData("fit: 50", "fit: Infinity")]
    [InlineData("value: [20, 1000]", "value: [NaN, .inf]")]
    [InlineData("value: [20, 1000]", "value: [20, 1e30]")]
    [InlineData("value: [20, 1000]", "value: [20, 79228162514264337593543950336]")]
    [InlineData("value: 3,", "value: .nan,")]
    [InlineData("within: 14d", "within: NaNd")]
    [InlineData("within: 14d", "within: 99999999999d")]
    [InlineData("within: 14d", "within: 3651d")]
    [InlineData("within: 14d", "within: -1d")]
    [InlineData("halfLife: 30d", "halfLife: 0d")]
    [InlineData("halfLife: 30d", "halfLife: .inf")]
    [InlineData("badTiming: 180d", "badTiming: 2147483648d")]
    [InlineData("answer: 1 business day", "answer: NaN business days")]
    [InlineData("answer: 1 business day", "answer: 999999999 business days")]
    [InlineData("effective: 2026-01-01", "effective: 10000-01-01")]
    [InlineData("effective: 2026-01-01", "effective: 2026-02-30")]
    [InlineData("version: 1", "version: [1]")]
    [InlineData("criteria:\n", "criteria: 5\nrest:\n")]
    [InlineData("gates:\n", "gates: []\nrest:\n")]
    [InlineData("en: Target industry", "en: [Target, industry]")]
    [InlineData("en: Target industry", "en: \"Target\\nindustry\"")]
    [InlineData("en: Target industry", "en: \"Target\\0industry\"")]
    [InlineData("en: Target industry", "en: \"Target\\u202Eindustry\"")]
    [InlineData("en: Target industry", "en: \"\\uD800\"")]
    [InlineData("fact: company.employees", "fact: [company.employees, company.employees]")]
    public void Says_what_is_wrong_where(string right, string wrong)
    {
        var text = ReviewSamples.Shipped(right, wrong);
        var result = Timed.Read(text);
        Assert.Null(result.RuleSet);
        var line = text[..text.IndexOf(wrong, text.IndexOf("\nschema: 1", StringComparison.Ordinal), StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.Contains(result.Problems, problem => problem.Severity == ProblemSeverity.Error && Math.Abs(problem.Line - line) <= 1);
    }

    [Fact]
    public void Keeps_what_the_file_says_out_of_the_terminal()
    {
        var problem = RuleFile.Parse("\"\\e[31mred\\u202E\": 1", "r.yaml").Problems[0];
        Assert.DoesNotContain(problem.ToString(), c => char.IsControl(c) || c == '\u202E');
        Assert.InRange(RuleFile.Parse(new string('k', 500) + ": 1", "r.yaml").Problems[0].Message.Length, 1, 400);
    }

    [Fact]
    public void Reads_a_byte_order_mark_and_the_line_ends_of_windows()
    {
        var windows = "\uFEFF" + RuleSamples.ShippedText.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(20, RuleSamples.Parse(windows).Criteria.Count);
        Assert.Equal(RuleSamples.Shipped.AgreementHash, RuleSamples.Parse(windows).AgreementHash);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 })]
    public void Refuses_what_is_not_UTF_8(byte[] bytes) =>
        Assert.Equal("The file is not UTF-8.", Assert.Single(RuleFile.FromBytes(bytes, "r.yaml").Problems).Message);
}
