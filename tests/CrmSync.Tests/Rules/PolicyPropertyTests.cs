using System.Globalization;
using System.Text.Json;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>What holds for every lead, whatever the policies, points and caps.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly string[] Entries =
    [
        "  - { id: germany, when: { fact: company.country, op: eq, value: DE }, without: [social], points: { industry: 40 }, gates: { mql: { fit: 60 } } }",
        "  - { id: sweden, when: { fact: company.country, op: eq, value: SE }, gates: { mql: { interest: 15 } } }",
        "  - { id: busy, when: { all: [{ fact: company.country, op: eq, value: DK }, { fact: engagement.pageView, op: seenWithin, within: 20d }] }, gates: { mql: { fit: 20, interest: 20 } } }",
    ];

    private static readonly int[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    private static readonly RuleSet[] Ordered = [.. Orders.Select(order => RuleSamples.WithPolicies("policies:\n" + string.Join('\n', order.Select(i => Entries[i]))))];
    private static readonly RuleSet Rules = Ordered[0];

    [Fact]
    public void Answers_alike_in_any_order_of_policies_that_exclude_each_other() => LeadGen.Lead.Sample(lead =>
        Ordered.Select(rules => Text(Evaluate(rules, lead))).Distinct(StringComparer.Ordinal).Count() == 1);

    [Fact]
    public void Judges_as_it_evaluates() => LeadGen.Lead.Sample(lead =>
        RuleEngine.Judge(Rules, lead, new(RuleSamples.Judged)) == Evaluate(Rules, lead).Verdict);

    [Fact]
    public void Answers_alike_until_the_next_change_and_otherwise_at_it() => Gen.Select(LeadGen.Lead, Gen.Double[0, 1]).Sample((lead, share) =>
    {
        var now = Evaluate(Rules, lead);
        var next = now.NextChangeAt ?? RuleSamples.Judged.AddDays(400);
        var between = RuleEngine.Evaluate(Rules, lead, new(RuleSamples.Before(next, share)));
        var at = RuleEngine.Evaluate(Rules, lead, new(next));
        return (now.Mql, now.Offer) == (between.Mql, between.Offer)
            && (now.Mql, now.Offer, now.SalesQualified) != (at.Mql, at.Offer, at.SalesQualified) == now.NextChangeAt is not null;
    }, iter: 300);

    [Fact]
    public void Never_answers_worse_for_added_points() => Gen.Select(LeadGen.Lead, Gen.Int[0, 9], Gen.Int[0, 60]).Sample((lead, index, more) =>
    {
        var policy = Rules.PolicyFor(lead, new(RuleSamples.Judged));
        var (before, after) = (Evaluate(With(policy), lead), Evaluate(With(Heavier(policy, Math.Min(index, policy.Criteria.Count - 1), more)), lead));
        return after.Mql >= before.Mql && after.FitScore >= before.FitScore && after.InterestScore >= before.InterestScore;
    });

    [Fact]
    public void Adds_up_the_points_it_shows_and_then_cuts() => Gen.Select(LeadGen.Lead, Gen.Int[1, 100], Gen.Int[1, 100]).Sample((lead, fit, interest) =>
    {
        var evaluation = Evaluate(With(Rules.Default, new(fit, interest)), lead);
        int Sum(CriterionGroup group) => evaluation.Findings.Where(finding => finding.Group == group).Sum(finding => finding.Points);
        return evaluation.FitScore == Math.Min(fit, Sum(CriterionGroup.Fit)) && evaluation.InterestScore == Math.Min(interest, Sum(CriterionGroup.Interest));
    });

    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Gives_the_same_bytes_in_every_culture_and_at_every_offset(string culture) => Gen.Select(LeadGen.Lead, Gen.Int[-12, 14]).Sample((lead, hours) =>
    {
        var expected = Text(Evaluate(Rules, lead));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return expected == Text(RuleEngine.Evaluate(Rules, lead, new(RuleSamples.Judged.ToOffset(TimeSpan.FromHours(hours)))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }, iter: 50);

    private static Evaluation Evaluate(RuleSet rules, LeadFacts lead) => RuleEngine.Evaluate(rules, lead, new(RuleSamples.Judged));

    /// <summary>Everything that an evaluation holds, and what people read of it.</summary>
    private static string Text(Evaluation evaluation) => JsonSerializer.Serialize(new
    {
        evaluation.Policy,
        Findings = evaluation.Findings.Select(f => $"{f.Criterion} {f.Group} {f.Result} {f.Points} {f.MaxPoints} {f.Fact} {f.Value} {f.Count} {f.SeenAt:O} {f.CountedSince:O}"),
        Scores = (int[])[evaluation.FitScore, evaluation.InterestScore],
        Gates = (GateResult[])[evaluation.Mql, evaluation.Offer, evaluation.SalesQualified],
        evaluation.MissingFacts,
        evaluation.NextChangeAt,
        evaluation.LatestEvidenceAt,
        evaluation.HungOn,
        evaluation.Shortfall,
        Danish = WhyText.NotYet(Rules, evaluation, RuleSamples.Copenhagen, "da"),
        English = WhyText.NotYet(Rules, evaluation, RuleSamples.Copenhagen, "en"),
    });

    private static Policy Heavier(Policy policy, int index, int more) => new()
    {
        Id = policy.Id,
        Gates = policy.Gates,
        Criteria = [.. policy.Criteria.Select((criterion, i) => i == index ? criterion.Weighing(criterion.Points + more) : criterion)],
    };

    private static RuleSet With(Policy policy, ScoreCaps? caps = null) => new()
    {
        Schema = 1, Name = "x", Version = 1, Effective = default, Hash = "", Languages = Rules.Languages, Facts = Rules.Facts,
        Catalogue = Rules.Catalogue, Aliases = Rules.Aliases,
        Default = new() { Id = policy.Id, Criteria = policy.Criteria, Gates = policy.Gates, Caps = caps ?? policy.Caps },
    };
}
