using System.Text.RegularExpressions;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Texts.Agreement;
using CrmSync.Worker.Rules.Document;

namespace CrmSync.Tests.Rules.Document;

/// <summary>The worked examples, and the made-up leads they stand on.</summary>
public sealed partial class ExamplesTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("da")]
    [InlineData("en")]
    public void Shows_one_offered_one_not_yet_and_one_blocked(string language)
    {
        var examples = new WorkedExamples(RuleSamples.Shipped, language).All();
        Assert.Equal([Verdict.Offer, Verdict.NotReady, Verdict.MarketingQualified], examples.Select(example => example.Evaluation.Verdict));
        Assert.Equal(["competitor"], examples[2].Evaluation.Blockers);
        var page = Pages.Markdown(RuleSamples.Shipped, language);
        Assert.All(examples, example => Assert.Contains(example.Text, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_points_of_an_offer_add_up_to_the_score_of_the_engine()
    {
        var offered = new WorkedExamples(RuleSamples.Shipped, "en").All()[0];
        var parts = offered.Text.Split("INTEREST ");
        Assert.Equal(offered.Evaluation.FitScore, Points(parts[0]));
        Assert.Equal(offered.Evaluation.InterestScore, Points(parts[1]));
        Assert.Contains($"FIT {offered.Evaluation.FitScore} of 100", offered.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mql: { fit: 50, interest: 30, orHandRaise: true }", "mql: { fit: 100 }")]
    [InlineData("mql: { fit: 50, interest: 30, orHandRaise: true }", "mql: { interest: 100 }")]
    [InlineData("mql: { fit: 50, interest: 30, orHandRaise: true }", "mql: { met: [hand-raise, need] }")]
    [InlineData("mql: { fit: 50, interest: 30, orHandRaise: true }", "mql: { atLeastOf: { count: 3, of: [industry, webinar, budget, social] } }")]
    [InlineData("anyKnown: [person.phone, person.email]", "anyKnown: [company.domain]")]
    [InlineData("value: [20, 1000]", "value: [-5, 0]")]
    [InlineData("effective: 2026-01-01", "effective: 9999-12-31")]
    [InlineData("effective: 2026-01-01", "effective: 0001-01-01")]
    [InlineData("within: 60d", "within: 1h")]
    [InlineData("value: 3, within: 30d", "value: 100000, within: 3650d")]
    public void Makes_them_from_other_rules_too(string shipped, string other)
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(shipped, other, StringComparison.Ordinal));
        var examples = new WorkedExamples(rules, "da").All();
        Assert.Equal([Verdict.Offer, Verdict.NotReady, Verdict.MarketingQualified], examples.Select(example => example.Evaluation.Verdict));
    }

    [Fact]
    public void Leaves_out_what_the_rules_cannot_show()
    {
        // Every lead that might be offered is blocked, since a blocker asks for what the threshold needs.
        var rules = RuleSamples.Parse(RuleSamples.ShippedText
            .Replace("{ fact: company.competitor, op: eq, value: true }", "{ fact: company.industry, op: exists }", StringComparison.Ordinal)
            .Replace("mql: { fit: 50, interest: 30, orHandRaise: true }", "mql: { met: [industry] }", StringComparison.Ordinal));
        Assert.DoesNotContain(new WorkedExamples(rules, "en").All(), example => example.Id is "offered" or "blocked");
        Assert.Contains("Three examples", Pages.Markdown(rules, "en"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ConditionTextTests.Sentences), MemberType = typeof(ConditionTextTests))]
    public void Meets_and_fails_every_kind_of_condition(string when, string danish, string english)
    {
        Assert.NotEqual(danish, english);
        var rules = ConditionSamples.Rules(when);
        var condition = rules.Criteria[0].When;
        foreach (var wanted in new[] { CriterionResult.Met, CriterionResult.NotMet })
        {
            var maker = new LeadMaker(rules, At, "da");
            var lead = maker.Make(maker.Start(), condition, wanted);
            Assert.NotNull(lead);
            Assert.Equal(wanted, condition.Read(lead.Facts, maker.Context(lead)).Result);
        }
    }

    private static int Points(string text) => Met().Matches(text).Sum(line => int.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\+ .*\((\d+)(?: of \d+)?\)$", RegexOptions.Multiline)]
    private static partial Regex Met();
}
