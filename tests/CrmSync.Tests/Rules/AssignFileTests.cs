using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules.Review;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>What may be wrong with <c>assign:</c>, days off and other times to answer, and how it is told.</summary>
public sealed class AssignFileTests
{
    private const string Germany = "when: { fact: company.country, op: eq, value: DE }";

    [Fact]
    public void Reads_who_gets_an_offer()
    {
        var assign = With($$"""
            assign:
              to: owner
              rules: [{ id: germany, {{Germany}}, people: [101, 102] }]
              people: 103
              absent: [{ who: 101, from: 2026-12-21, until: 2027-01-02, substitute: 102 }, { who: 103, from: 2026-12-21 }]
              fallback: [104]
            """).Assign;
        Assert.Equal(("germany", "everyone"), (assign.Rules[0].Id, assign.Rules[1].Id));
        Assert.Equal(["101", "102", "103", "104"], assign.People.Order());
        Assert.Equal([new Absence("101", new(2026, 12, 21), new(2027, 1, 2), "102"), new Absence("103", new(2026, 12, 21), null, null)], assign.Absences);
    }

    [Theory]
    [InlineData("{ to: turns }", "Nobody is listed to take turns.")]
    [InlineData("{ people: [a, a] }", "'a' is listed twice.")]
    [InlineData("{ peeple: [a] }", "'assign' has no key 'peeple'.")]
    [InlineData("{ rules: [{ id: de, people: [a] }] }", "A rule of assignment lacks 'when'.")]
    [InlineData("{ rules: [{ id: de, WHEN, people: [] }] }", "Nobody is listed.")]
    [InlineData("{ rules: [{ id: everyone, WHEN, people: [a] }] }", "The id 'everyone' is taken.")]
    [InlineData("{ rules: [{ id: de, WHEN, people: [a] }, { id: de, WHEN, people: [b] }] }", "The id 'de' is taken.")]
    [InlineData("{ rules: [{ id: de, when: { fact: company.contry, op: eq, value: DE }, people: [a] }] }", "No fact is named 'company.contry'.")]
    [InlineData("{ rules: [de] }", "A rule of assignment must be a map.")]
    [InlineData("{ absent: [{ who: a }] }", "An absence lacks 'from'.")]
    [InlineData("{ absent: [{ who: a, from: tomorrow }] }", "'from' must be a date.")]
    [InlineData("{ absent: [{ who: a, from: 2026-12-24, until: 2026-12-23 }] }", "The absence ends before it begins.")]
    [InlineData("{ absent: [{ who: a, from: 2026-12-24, substitute: a }] }", "'a' cannot stand in for themselves.")]
    public void Names_what_is_wrong_with_it(string assign, string message)
    {
        var result = RuleFile.Parse(RuleSamples.ShippedText.Replace("assign: { to: owner }", $"assign: {assign.Replace("WHEN", Germany)}"), "r.yaml");
        Assert.Null(result.RuleSet);
        Assert.Contains(result.Problems, problem => problem.Message == message && problem.Line > 1);
    }

    [Theory]
    [InlineData("{ people: [a, b], absent: [{ who: a, from: 2026-11-01, substitute: b }], fallback: b }", "The absence of 'a' never ends.")]
    [InlineData("{ people: [anna], absent: [{ who: ana, from: 2026-11-01, until: 2026-12-01 }], fallback: b }", "'ana' is in no list of 'assign': this matters only where the CRM says that they own a lead or a company.")]
    [InlineData("{ people: [a], absent: [{ who: a, from: 2026-11-01, until: 2026-12-01, substitute: b }, { who: b, from: 2026-11-20, until: 2026-11-25, substitute: a }], fallback: b }", "Substitutes stand in for each other in a circle: 'a', 'b', 'a'.")]
    [InlineData("{ people: [a], absent: [{ who: a, from: 2026-01-01, until: 2026-02-01 }], fallback: b }", "The absence of 'a' is past.")]
    [InlineData("{ people: [a] }", "No fallback is named: where nobody else is there an offer goes to nobody.")]
    [InlineData("{ people: [b], rules: [{ id: de, WHEN, people: [a] }], absent: [{ who: a, from: 2026-01-01 }], fallback: b }", "Everybody of 'de' is away for good: the rule gives offers to nobody.")]
    public void Reviews_what_it_can_mean(string assign, string message) =>
        Assert.Contains(Review(assign.Replace("WHEN", Germany)), problem => problem.Message == message);

    [Theory]
    [InlineData("{ to: owner }", "Nobody is named to whom an unanswered offer could go.")]
    [InlineData("{ to: turns, people: [a] }", "Only one person gets offers: what they do not answer can go to nobody else.")]
    [InlineData("{ to: owner, people: [a] }", null)]
    public void Asks_for_somebody_to_whom_silence_passes_an_offer_on(string assign, string? message)
    {
        var text = RuleSamples.ShippedText.Replace("\n  silence: return", "\n  silence: reassign").Replace("assign: { to: owner }", $"assign: {assign}");
        var result = RuleFile.Parse(text, "r.yaml");
        var told = result.RuleSet is null ? result.Problems.Select(problem => problem.Message) : ReviewSamples.Review(text).Select(problem => problem.Message);
        Assert.Equal(message is null ? [] : [message], told.Where(m => m.StartsWith("Nobody is named", StringComparison.Ordinal) || m.StartsWith("Only one", StringComparison.Ordinal)));
    }

    [Fact]
    public void Calls_no_circle_what_is_away_one_after_the_other() =>
        Assert.DoesNotContain(
            Review("{ people: [a], absent: [{ who: a, from: 2026-11-01, until: 2026-11-10, substitute: b }, { who: b, from: 2026-11-20, until: 2026-11-25, substitute: a }], fallback: b }"),
            problem => problem.Severity == ProblemSeverity.Error);

    [Fact]
    public void Asks_nobody_to_sign_anew_when_a_colleague_goes_on_holiday()
    {
        var before = With("assign: { people: [a, b] }").AgreementHash;
        Assert.Equal(before, With("assign: { people: [a, b], absent: [{ who: a, from: 2026-11-01, until: 2026-12-01 }] }").AgreementHash);
        Assert.NotEqual(before, With("assign: { people: [a, c] }").AgreementHash);
    }

    [Fact]
    public void Reads_the_facts_that_rules_of_assignment_ask_for() =>
        Assert.Contains("company.city", RuleSamples.Parse(RuleSamples.ShippedText
            .Replace("assign: { to: owner }", "assign: { rules: [{ id: aarhus, when: { fact: company.city, op: eq, value: Aarhus }, people: [a] }] }")
            .Replace("facts:\n", "facts:\n  - { name: company.city, type: text, personal: false, from: { \"*\": city } }\n")).FactsNamed);

    [Theory]
    [InlineData("[DK, 2026-12-31]", "2026-12-25 2026-12-26 2026-12-31")]
    [InlineData("[DK, DK/christmas-eve]", "2026-12-24 2026-12-25 2026-12-26")]
    [InlineData("[dk/customary]", "2026-12-24 2026-12-31")]
    [InlineData("[NO, SE]", "2026-12-25 2026-12-26")]
    [InlineData("[]", "")]
    public void Reads_days_off(string holidays, string december) => Assert.Equal(december,
        string.Join(' ', RuleSamples.Parse(RuleSamples.ShippedText.Replace("holidays: [DK]", $"holidays: {holidays}")).Sla.Holidays.In(2026).Where(day => day.Month == 12).Select(day => $"{day:yyyy-MM-dd}")));

    [Fact]
    public void Reads_days_that_end_early()
    {
        const string Written = "[DK, { day: DK/christmas-eve, until: 12:00 }, { day: 2026-12-30, until: \"13:30\" }]";
        var days = RuleSamples.Parse(RuleSamples.ShippedText.Replace("holidays: [DK]", $"holidays: {Written}")).Sla.Holidays;
        Assert.Equal((new TimeOnly(12, 0), new TimeOnly(13, 30)), (days.Until(new(2027, 12, 24)), days.Until(new(2026, 12, 30))));
        Assert.False(days.Contains(new(2026, 12, 24)));
    }

    [Theory]
    [InlineData("[{ day: DK/christmas-eve }]", "A short day lacks 'until'.")]
    [InlineData("[{ until: 12:00 }]", "A short day lacks 'day'.")]
    [InlineData("[{ day: 2026-12-24, until: noon }]", "'until' must be the time at which work ends that day.")]
    [InlineData("[{ day: 2026-12-24, until: 00:00 }]", "'until' must be the time at which work ends that day.")]
    [InlineData("[{ day: DK/midsummer, until: 12:00 }]", "DK has no holiday 'midsummer'.")]
    [InlineData("[{ day: 2026-12-24, until: 12:00, from: 08:00 }]", "A short day has no key 'from'.")]
    [InlineData("[XX]", "'XX' is neither a date nor a country whose holidays are known.")]
    [InlineData("[2026-13-01]", "'2026-13-01' is neither a date nor a country whose holidays are known.")]
    [InlineData("[DK/midsummer]", "DK has no holiday 'midsummer'.")]
    [InlineData("[DK/christmas-eve/x]", "DK has no holiday 'christmas-eve/x'.")]
    public void Names_a_day_off_that_it_does_not_know(string holidays, string message)
    {
        var result = RuleFile.Parse(RuleSamples.ShippedText.Replace("holidays: [DK]", $"holidays: {holidays}"), "r.yaml");
        Assert.Equal(message, Assert.Single(result.Problems).Message);
    }

    [Fact]
    public void Reads_another_time_to_answer_for_a_policy_and_inherits_it()
    {
        var rules = RuleSamples.WithPolicies($$"""
            policies:
              - { id: fast, {{Germany}}, sla: { answer: 2 business hours } }
              - { id: faster, {{Germany.Replace("DE", "SE")}}, extends: fast, sla: { handRaise: 1 business hour } }
              - { id: usual, {{Germany.Replace("DE", "NO")}} }
            """);
        SlaSettings Of(int policy) => rules.SlaOf(rules.Policies[policy]);
        var (twoHours, oneHour) = (new WorkingTime(2, WorkingTimeUnit.BusinessHours), new WorkingTime(1, WorkingTimeUnit.BusinessHours));
        Assert.Equal((twoHours, rules.Sla.HandRaise), (Of(0).Answer, Of(0).HandRaise));
        Assert.Equal((twoHours, oneHour), (Of(1).TimeFor(false), Of(1).TimeFor(true)));
        Assert.Equal(rules.Sla, Of(2));
    }

    [Theory]
    [InlineData("sla: { answer: 2 hours }", "'answer' must be a length of working time.")]
    [InlineData("sla: { zone: Europe/Oslo }", "'sla' has no key 'zone'.")]
    public void Names_what_is_wrong_with_the_time_of_a_policy(string sla, string message) =>
        Assert.Contains(RuleFile.Parse($"{RuleSamples.ShippedText}\npolicies: [{{ id: a, {Germany}, {sla} }}]", "r.yaml").Problems, problem => problem.Message == message);

    private static RuleSet With(string assign) => RuleSamples.Parse(RuleSamples.ShippedText.Replace("assign: { to: owner }", assign));

    private static IReadOnlyList<RuleFileProblem> Review(string assign) => ReviewSamples.Review(RuleSamples.ShippedText.Replace("assign: { to: owner }", $"assign: {assign}"));
}
