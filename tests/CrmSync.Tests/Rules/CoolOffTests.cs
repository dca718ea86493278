using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>The pause after a "no", and the newer request that lifts it wherever a condition reads it.</summary>
public sealed class CoolOffTests
{
    private const string Blocker = "when: { op: inCoolOff }";
    private const string Views = "{ fact: engagement.emailOpen, op: seenWithin, within: 10d }";
    private static readonly DateTimeOffset Asked = RuleSamples.On(11, 20).At;
    private static readonly CoolOffPeriod Before = new(Asked.AddDays(-1), Asked.AddDays(90));
    private static readonly CoolOffPeriod After = new(Asked.AddDays(1), Asked.AddDays(90));
    private static readonly CoolOffPeriod Endless = new(Asked.AddDays(-1), null);

    private static readonly string[] Nested =
    [
        "{ any: [{ op: inCoolOff }, { fact: deal.open, op: eq, value: true }] }",
        "{ all: [{ op: inCoolOff }, { fact: company.name, op: exists }] }",
        "{ not: { not: { op: inCoolOff } } }",
        "{ atLeastOf: { count: 2, of: [{ op: inCoolOff }, { fact: company.name, op: exists }, { fact: company.employees, op: exists }] } }",
    ];

    // Conditions on the pause in every place: a blocker, points, a request and the choice of the policy.
    private static readonly RuleSet Everywhere = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Blocker, $"when: {Nested[0]}")
        .Replace("- { fact: engagement.handRaise, op: seenWithin, within: 14d }", "- { all: [{ fact: engagement.handRaise, op: seenWithin, within: 14d }, { not: { op: inCoolOff } }] }")
        .Replace("- { fact: engagement.adForm, op: seenWithin, within: 30d }", $"- {{ all: [{{ not: {{ op: inCoolOff }} }}, {Views}] }}") + $$"""

        policies:
          - { id: paused, when: { any: [{ all: [{ op: inCoolOff }, {{Views}}] }, { fact: company.country, op: eq, value: DE }] }, gates: { mql: { fit: 90, interest: 50 } } }
          - { id: small, when: { not: { any: [{ op: inCoolOff }, { fact: company.employees, op: atLeast, value: 20 }] } }, gates: { mql: { fit: 20 } } }
        """);

    private static readonly Gen<CoolOffPeriod?> Pause = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 60], Gen.Int[1, 30]).Select(CoolOffPeriod? (kind, since, until) =>
        kind == 0 ? null : new(RuleSamples.Judged.AddDays(-since), kind == 1 ? null : RuleSamples.Judged.AddDays(until)));

    private static readonly Gen<LeadFacts> Lead = Gen.Select(LeadGen.Lead, LeadGen.Acts, LeadGen.Acts).Select((lead, requests, opened) =>
        lead.With("engagement.handRaise", RuleSamples.Acts([.. requests.Take(2)])).With("engagement.emailOpen", RuleSamples.Acts([.. opened.Take(2)])));

    public static TheoryData<string> Conditions => [.. Nested];

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Lifts_a_nested_pause_for_a_newer_request_only(string when)
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Blocker, $"when: {when}"));
        Assert.Equal(Verdict.Offer, Judge(rules, Before));
        Assert.Equal(Verdict.MarketingQualified, Judge(rules, After));
        Assert.Equal(Verdict.MarketingQualified, Judge(rules, Endless));
    }

    [Fact]
    public void Lifts_the_pause_in_the_condition_of_a_policy()
    {
        var rules = RuleSamples.WithPolicies("policies: [{ id: paused, when: { op: inCoolOff } }]");
        Assert.Equal((Policy.OwnId, "paused", "paused"), (PolicyOf(rules, Before), PolicyOf(rules, After), PolicyOf(rules, Endless)));
    }

    [Fact]
    public void Leaves_the_pause_to_a_policy_that_asks_for_no_request() =>
        Assert.Equal("paused", PolicyOf(RuleSamples.WithPolicies("policies: [{ id: paused, when: { op: inCoolOff }, without: [hand-raise], gates: { mql: { orHandRaise: false } } }]"), Before));

    [Fact]
    public void Says_that_a_request_would_pass_where_the_gate_asks_for_the_end_of_the_pause()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace("when: { fact: bant.need, op: eq, value: met }", "when: { not: { op: inCoolOff } }").Replace("mql: { fit: 50", "mql: { met: [need], fit: 50"));
        var lead = RuleSamples.Offered().Build();
        Assert.True(RuleEngine.Evaluate(rules, lead, new(RuleSamples.Judged, After)).Shortfall!.HandRaiseSuffices);
        Assert.False(RuleEngine.Evaluate(rules, lead, new(RuleSamples.Judged, Endless)).Shortfall!.HandRaiseSuffices);
    }

    [Fact]
    public void Judges_as_it_evaluates() => Gen.Select(Lead, Pause).Sample((lead, pause) =>
    {
        var (context, evaluation) = (new LeadContext(RuleSamples.Judged, pause), Evaluate(lead, pause, RuleSamples.Judged));
        return RuleEngine.Judge(Everywhere, lead, context) == evaluation.Verdict && RuleEngine.Weigh(Everywhere, lead, context).Verdict == evaluation.Verdict;
    }, iter: 2_000);

    [Fact]
    public void Answers_alike_until_the_next_change_and_otherwise_at_it() => Gen.Select(Lead, Pause, Gen.Double[0, 1]).Sample((lead, pause, share) =>
    {
        var now = Evaluate(lead, pause, RuleSamples.Judged);
        var next = now.NextChangeAt ?? RuleSamples.Judged.AddDays(400);
        var between = Evaluate(lead, pause, RuleSamples.Before(next, share));
        var at = Evaluate(lead, pause, next);
        return (now.Mql, now.Offer) == (between.Mql, between.Offer)
            && (now.Mql, now.Offer) != (at.Mql, at.Offer) == now.NextChangeAt is not null;
    }, iter: 1_000);

    [Fact]
    public void Asks_for_no_field_that_only_the_lifted_pause_kept_open()
    {
        var evaluation = Evaluate(RuleSamples.Lead().Did(EngagementKinds.HandRaise, RuleSamples.On(11, 20)).Build(), Before, RuleSamples.Judged);
        Assert.Equal(Verdict.Offer, evaluation.Verdict);
        Assert.DoesNotContain("deal.open", evaluation.MissingFacts);
    }

    private static Evaluation Evaluate(LeadFacts lead, CoolOffPeriod? pause, DateTimeOffset at) => RuleEngine.Evaluate(Everywhere, lead, new(at, pause));

    private static Verdict Judge(RuleSet rules, CoolOffPeriod pause) => RuleEngine.Judge(rules, Raised(), new(RuleSamples.Judged, pause));

    private static string PolicyOf(RuleSet rules, CoolOffPeriod pause) => RuleEngine.Evaluate(rules, Raised(), new(RuleSamples.Judged, pause)).Policy;

    private static LeadFacts Raised() => RuleSamples.Lead().Did(EngagementKinds.HandRaise, RuleSamples.On(11, 20)).Set(WellKnownFacts.PersonPhone, FactValue.Of("1")).Build();
}
