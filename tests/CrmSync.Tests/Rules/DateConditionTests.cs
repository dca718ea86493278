using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;
using CrmSync.Worker.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>Dates still to come, dates long past, and bounds that do not count themselves.</summary>
public sealed class DateConditionTests
{
    private const string Renewal = "contract.renewal";
    private static readonly FactCatalogue Catalogue = FactCatalogue.BuiltIn.With([new(Renewal, FactType.Instant, false)]);
    private static readonly int[] Slot = [Catalogue.SlotOf(Renewal)];
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void Takes_a_date_still_to_come_both_bounds_included()
    {
        Assert.Equal(CriterionResult.NotMet, Read(new DueWithin(Slot, Month), -Tick));
        Assert.Equal(CriterionResult.Met, Read(new DueWithin(Slot, Month), TimeSpan.Zero));
        Assert.Equal(CriterionResult.Met, Read(new DueWithin(Slot, Month), Month));
        Assert.Equal(CriterionResult.NotMet, Read(new DueWithin(Slot, Month), Month + Tick));
        Assert.Equal(CriterionResult.Unknown, Read(new DueWithin(Slot, Month), null));
    }

    [Fact]
    public void Takes_a_date_that_is_older_and_not_just_as_old()
    {
        Assert.Equal(CriterionResult.NotMet, Read(new OlderThan(Slot, Month), -Month));
        Assert.Equal(CriterionResult.Met, Read(new OlderThan(Slot, Month), -Month - Tick));
        Assert.Equal(CriterionResult.NotMet, Read(new OlderThan(Slot, Month), Month));
        Assert.Equal(CriterionResult.Unknown, Read(new OlderThan(Slot, Month), null));
    }

    [Theory]
    [InlineData(20, CriterionResult.NotMet, CriterionResult.Met)]
    [InlineData(50, CriterionResult.NotMet, CriterionResult.NotMet)]
    [InlineData(51, CriterionResult.Met, CriterionResult.NotMet)]
    public void Leaves_the_bound_itself_out(int employees, CriterionResult more, CriterionResult less)
    {
        var (slots, lead) = ((int[])[Catalogue.SlotOf(WellKnownFacts.CompanyEmployees)], Lead(null).With(WellKnownFacts.CompanyEmployees, FactValue.Of((decimal?)employees)));
        Assert.Equal((more, less), (new MoreThan(slots, 50).Read(lead, new(RuleSamples.Judged)).Result, new LessThan(slots, 50).Read(lead, new(RuleSamples.Judged)).Result));
        Assert.Equal(CriterionResult.Unknown, new MoreThan(slots, 50).Read(Lead(null), new(RuleSamples.Judged)).Result);
    }

    [Fact]
    public void Names_every_instant_at_which_its_answer_changes() => Gen.Select(Gen.Int[-90 * 24, 90 * 24], Gen.Int[0, 120 * 24], Gen.Bool).Sample((hours, later, due) =>
    {
        Condition condition = due ? new DueWithin(Slot, Month) : new OlderThan(Slot, Month);
        var (lead, now, then) = (Lead(TimeSpan.FromHours(hours)), new LeadContext(RuleSamples.Judged), new LeadContext(RuleSamples.Judged.AddHours(later)));
        var changes = new List<DateTimeOffset>();
        condition.AddChanges(lead, now, changes);
        return condition.Read(lead, now).Result == condition.Read(lead, then).Result || changes.Exists(change => change > now.At && change <= then.At);
    });

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void Takes_any_date_that_a_crm_may_hold(string text)
    {
        var at = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var changes = new List<DateTimeOffset>();
        foreach (Condition condition in new Condition[] { new DueWithin(Slot, Month), new OlderThan(Slot, Month), new InstantWithin(Slot, Month) })
            condition.AddChanges(Lead(at - RuleSamples.Judged), new(RuleSamples.Judged), changes);
        var act = RuleSamples.Offered().Did(EngagementKinds.WebinarAttended, new EngagementAct(at));
        Assert.Equal(CriterionResult.NotMet, RuleSamples.Judge(act).Findings.Single(finding => finding.Criterion == "webinar").Result);
    }

    [Theory]
    [InlineData("op: dueWithin, within: 90d", null)]
    [InlineData("op: olderThan, value: 365d", null)]
    [InlineData("op: dueWithin", "A condition lacks 'within'.")]
    [InlineData("op: dueWithin, within: 90d, value: 3", "'dueWithin' takes no value.")]
    [InlineData("op: olderThan, within: 365d", "'olderThan' takes no 'within'.")]
    [InlineData("op: olderThan, value: long", "'value' must be a length of time up to 3650 days.")]
    [InlineData("op: moreThan, value: 3", "'moreThan' does not fit 'contract.renewal', which holds Instant.")]
    public void Reads_dates_in_a_rule_file(string test, string? problem)
    {
        var text = RuleSamples.ShippedText.Replace("\nfacts:\n", $"\nfacts:\n  - {{ name: {Renewal}, type: instant, personal: false }}\n")
            .Replace("when: { fact: company.employees, op: between, value: [20, 1000] }", $"when: {{ fact: {Renewal}, {test} }}");
        var problems = RuleFile.Parse(text, "r.yaml").Problems.Select(found => found.Message).ToList();
        if (problem is null)
            Assert.Empty(problems);
        else
            Assert.Contains(problem, problems);
    }

    [Theory]
    [InlineData("moreThan", 50, CriterionResult.NotMet)]
    [InlineData("lessThan", 50, CriterionResult.NotMet)]
    [InlineData("moreThan", 49, CriterionResult.Met)]
    [InlineData("lessThan", 51, CriterionResult.Met)]
    public void Reads_bounds_in_a_rule_file(string op, int bound, CriterionResult expected)
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace("op: between, value: [20, 1000]", $"op: {op}, value: {bound}"));
        var lead = RuleSamples.Lead().Set(WellKnownFacts.CompanyEmployees, FactValue.Of(50m));
        Assert.Equal(expected, RuleSamples.Judge(lead, rules).Findings.Single(finding => finding.Criterion == "company-size").Result);
    }

    private static CriterionResult Read(Condition condition, TimeSpan? fromNow) => condition.Read(Lead(fromNow), new(RuleSamples.Judged)).Result;

    private static LeadFacts Lead(TimeSpan? fromNow) => new LeadFacts.Builder(Catalogue)
        .Set(Renewal, FactValue.Of(fromNow is { } span ? RuleSamples.Judged + span : (DateTimeOffset?)null)).Build();
}
