using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;

namespace CrmSync.Tests.Rules;

/// <summary>Other criteria for some leads: which policy judges, and what follows from it.</summary>
public sealed class PolicyTests
{
    private const string Germany = """

        policies:
          - id: germany
            when: { fact: [company.country, person.country], op: eq, value: DE }
            without: [social]
            points: { industry: 40, role: 10 }
            gates: { mql: { fit: 60, orHandRaise: false } }
          - id: big
            when: { fact: company.employees, op: atLeast, value: 500 }
            extends: germany
            criteria: [industry, company-size, country, role, webinar, need, timeline, budget, authority]
            points: { role: 30 }
            gates: { mql: { interest: none } }
          - id: rest
            without: [email-clicks]
        """;

    private static readonly RuleSet Rules = RuleSamples.WithPolicies(Germany);

    [Theory]
    [InlineData("Tyskland", 800, "germany")]
    [InlineData("Danmark", 800, "big")]
    [InlineData("Danmark", 80, "rest")]
    [InlineData(null, 80, "rest")]
    public void Judges_by_the_first_policy_whose_condition_is_met(string? country, int employees, string policy) =>
        Assert.Equal(policy, RuleSamples.Judge(Lead(country, employees), Rules).Policy);

    [Fact]
    public void Gives_a_finding_for_each_criterion_of_the_policy_and_no_other()
    {
        var evaluation = RuleSamples.Judge(Lead("Danmark", 800), Rules);
        Assert.Equal(Rules.Policies[1].Criteria.Select(criterion => criterion.Id), evaluation.Findings.Select(finding => finding.Criterion));
        Assert.DoesNotContain(RuleSamples.Judge(Lead("Danmark", 80), Rules).Findings, finding => finding.Criterion == "email-clicks");
    }

    [Fact]
    public void Keeps_the_blockers_though_it_lists_what_it_weighs()
    {
        var lead = Lead("Danmark", 800).Set(WellKnownFacts.ConsentOptedOut, FactValue.Of(true));
        Assert.Equal(["opted-out"], RuleSamples.Judge(lead, Rules).Blockers);
        Assert.Equal(Rules.Blockers.Select(b => b.Id), Rules.Policies[1].Criteria.Where(c => c.Group == CriterionGroup.Blocker).Select(c => c.Id));
    }

    [Fact]
    public void Starts_from_the_policy_that_it_extends()
    {
        var (germany, big) = (Rules.Policies[0], Rules.Policies[1]);
        Assert.Equal((40, 10, 20), (germany.Find("industry")!.Points, germany.Find("role")!.Points, germany.Find("country")!.Points));
        Assert.Equal((40, 30), (big.Find("industry")!.Points, big.Find("role")!.Points));
        Assert.Equal((60, 30, false), (germany.Gates.Mql.Fit, germany.Gates.Mql.Interest, germany.Gates.Mql.OrHandRaise));
        Assert.Equal((60, null, false), (big.Gates.Mql.Fit, big.Gates.Mql.Interest, big.Gates.Mql.OrHandRaise));
    }

    [Fact]
    public void Points_its_gates_at_its_own_criteria()
    {
        var big = Rules.Policies[1];
        Assert.Equal(["need"], big.Gates.SalesQualified.Met.Select(index => big.Criteria[index].Id));
        Assert.Equal(["need", "timeline", "budget", "authority"], big.Gates.Offer.NoneNotMet.Select(index => big.Criteria[index].Id));
    }

    [Fact]
    public void Takes_the_entry_without_a_condition_for_the_default()
    {
        Assert.Same(Rules.Policies[^1], Rules.Default);
        Assert.Same(Rules.Default.Criteria, Rules.Criteria);
        Assert.Equal((Policy.OwnId, 0), (RuleSamples.Shipped.Default.Id, RuleSamples.Shipped.Policies.Count));
        Assert.Equal(Policy.OwnId, RuleSamples.Judge(RuleSamples.Lead()).Policy);
    }

    [Fact]
    public void Finds_a_criterion_that_only_some_policy_asks() => Assert.Equal("email-clicks", Rules.Find("email-clicks")!.Id);

    [Fact]
    public void Names_the_facts_that_would_hand_the_lead_to_a_stricter_policy()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.CompanyCountry, FactValue.Unknown);
        var strict = RuleSamples.WithPolicies("\npolicies: [{ id: germany, when: { fact: company.country, op: eq, value: DE }, gates: { mql: { fit: 100 } } }]");
        var evaluation = RuleSamples.Judge(lead, strict);
        Assert.Equal((Policy.OwnId, Verdict.Offer), (evaluation.Policy, evaluation.Verdict));
        Assert.Contains(WellKnownFacts.CompanyCountry, evaluation.MissingFacts);
    }

    [Fact]
    public void Asks_for_no_fact_that_would_change_nothing()
    {
        var same = RuleSamples.WithPolicies("\npolicies: [{ id: big, when: { fact: company.employees, op: atLeast, value: 500 }, points: { social: 4 } }]");
        Assert.Empty(RuleSamples.Judge(RuleSamples.Offered(), same).MissingFacts);
    }

    [Fact]
    public void Knows_when_another_policy_takes_over()
    {
        var rules = RuleSamples.WithPolicies("\npolicies: [{ id: visited, when: { fact: engagement.emailOpen, op: seenWithin, within: 10d }, gates: { mql: { fit: 90 } } }]");
        var opened = RuleSamples.On(11, 20);
        var lead = RuleSamples.Offered().Did(EngagementKinds.EmailOpen, opened);
        var evaluation = RuleSamples.Judge(lead, rules);
        Assert.Equal(("visited", Verdict.NotEnoughData), (evaluation.Policy, evaluation.Verdict));
        Assert.Equal(opened.At.AddDays(10).AddTicks(1), evaluation.NextChangeAt);
    }

    [Fact]
    public void Reads_and_keeps_what_its_conditions_ask() => Assert.Contains("engagement.emailOpen",
        RuleSamples.WithPolicies("\npolicies: [{ id: a, when: { fact: engagement.emailOpen, op: seenWithin, within: 10d } }]").FactsNamed);

    [Theory]
    [InlineData("da", "MATCH 100 af 100 (krav 60)", "Regler: Standard (germany) v1 (01.01.2026).")]
    [InlineData("en", "FIT 100 of 100 (needs 60)", "Rules: Standard (germany) v1 (1 Jan 2026).")]
    public void Tells_the_thresholds_and_points_of_the_policy(string language, string fit, string rules)
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.CompanyCountry, FactValue.Of("DE")).Set(WellKnownFacts.CompanyEmployees, FactValue.Of(90m));
        var raised = RuleSamples.WithPolicies(Germany.Replace("role: 10", "role: 30"));
        var text = WhyText.Offered(raised, RuleSamples.Judge(lead, raised), lead.Build(), RuleSamples.Due, RuleSamples.Copenhagen, language);
        Assert.Contains(fit, text);
        Assert.Contains(rules, text);
    }

    [Fact]
    public void Judges_by_policies_without_allocating()
    {
        var (lead, context) = (Lead("Danmark", 800).Build().In(Rules.Catalogue), new LeadContext(RuleSamples.Judged));
        RuleEngine.Judge(Rules, lead, context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuleEngine.Judge(Rules, lead, context);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static LeadFacts.Builder Lead(string? country, int employees) => RuleSamples.Lead()
        .Set(WellKnownFacts.CompanyCountry, FactValue.Of(country))
        .Set(WellKnownFacts.CompanyEmployees, FactValue.Of((decimal?)employees));
}
