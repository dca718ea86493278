using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>How far unknown facts can raise a score: every way of filling them in against what the verdict says.</summary>
public sealed class ExclusionTests
{
    private static readonly FactCatalogue Catalogue = RuleSamples.Shipped.Catalogue;
    private static readonly int Employees = Catalogue.SlotOf(WellKnownFacts.CompanyEmployees), Country = Catalogue.SlotOf(WellKnownFacts.CompanyCountry), Open = Catalogue.SlotOf("deal.open");
    private static readonly string[] Countries = ["a", "b", "c", "d"];

    // Between any two bounds lies one of them.
    private static readonly FactValue[] Sizes = [.. Enumerable.Range(-1, 22).Select(half => FactValue.Of(half / 2m))];
    private static readonly FactValue[] Places = [.. Countries.Append("elsewhere").Select(FactValue.Of)];
    private static readonly FactValue[] Flags = [FactValue.Of(true), FactValue.Of(false)];

    private static readonly Gen<Condition> Test = Gen.Frequency<Condition>(
        (3, Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3]).Select(Condition (from, width) => new NumberBetween([Employees], from, from + width))),
        (1, Gen.Int[0, 6].Select(Condition (bound) => new MoreThan([Employees], bound))),
        (1, Gen.Int[0, 6].Select(Condition (bound) => new LessThan([Employees], bound))),
        (2, Gen.Int[0, 3].Array[1, 2].Select(Condition (which) => new TextIn([Country], which.Select(i => Countries[i])) { OfOneValue = true })),
        (1, Gen.Bool.Select(Condition (wanted) => new FlagIs([Open], wanted))));

    private static readonly Gen<Condition> Simple = Gen.Frequency<Condition>((3, Test), (1, Test.Select(Condition (test) => new Negation(test))));

    private static readonly Gen<Condition> Composed = Gen.Frequency<Condition>(
        (2, Simple),
        (1, Simple.Array[2, 3].Select(Condition (parts) => AtLeastOf.All(parts))),
        (1, Simple.Array[2, 3].Select(Condition (parts) => AtLeastOf.Any(parts))),
        (1, Simple.Array[3].Select(Condition (parts) => new Negation(new AtLeastOf(2, parts)))));

    private static readonly Gen<LeadFacts> Lead = Gen.Select(Known(Sizes), Known(Places), Known(Flags)).Select((size, place, flag) => new LeadFacts.Builder(Catalogue)
        .Set(WellKnownFacts.CompanyEmployees, size).Set(WellKnownFacts.CompanyCountry, place).Set("deal.open", flag).Build());

    [Fact]
    public void Says_not_enough_data_exactly_up_to_what_filling_in_can_reach() => Gen.Select(Criteria(Simple, 1), Lead).Sample((criteria, lead) =>
    {
        var most = Best(criteria, lead);
        return Could(criteria, lead, most) && !Could(criteria, lead, most + 1);
    }, iter: 500);

    [Fact]
    public void Never_says_no_where_filling_in_could_reach_the_threshold() => Gen.Select(Criteria(Composed, -20), Lead).Sample((criteria, lead) =>
        Could(criteria, lead, Best(criteria, lead)), iter: 500);

    [Fact]
    public void Judges_as_it_evaluates() => Gen.Select(Criteria(Composed, -20), Lead, Gen.Int[1, 90]).Sample((criteria, lead, fit) =>
    {
        var (rules, context) = (Rules(criteria, fit), new LeadContext(RuleSamples.Judged));
        var evaluation = RuleEngine.Evaluate(rules, lead, context);
        return RuleEngine.Judge(rules, lead, context) == evaluation.Verdict && (evaluation.Verdict != Verdict.NotEnoughData || evaluation.MissingFacts.Count > 0);
    }, iter: 5_000);

    [Fact]
    public void Allocates_nothing() => Gen.Select(Criteria(Simple, -20), Lead, Gen.Int[1, 90]).Sample((criteria, lead, fit) =>
    {
        var (rules, context) = (Rules(criteria, fit), new LeadContext(RuleSamples.Judged));
        RuleEngine.Judge(rules, lead, context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuleEngine.Judge(rules, lead, context);
        return GC.GetAllocatedBytesForCurrentThread() == before;
    }, iter: 200);

    [Fact]
    public void Asks_only_for_fields_with_which_the_threshold_can_be_reached() => Gen.Select(Criteria(Simple, 1), Lead, Gen.Int[1, 90]).Sample((criteria, lead, fit) =>
    {
        var rules = Rules(criteria, fit);
        var filled = Filled(lead).Select(full => RuleEngine.Weigh(rules, full, new(RuleSamples.Judged))).ToList();
        return RuleEngine.Evaluate(rules, lead, new(RuleSamples.Judged)).MissingFacts.All(name => filled.Any(full =>
            full.FitScore >= fit && full.Findings.Any(finding => finding.Fact == name && finding.Result == CriterionResult.Met)));
    }, iter: 500);

    [Fact]
    public void Adds_up_more_bands_of_one_fact_than_a_table_holds() =>
        Assert.InRange(Enumerable.Range(1, 100).Count(fit => Could(Bands(20), Nothing, fit)), 5, 10);

    [Fact]
    public void Counts_one_band_of_one_fact() => Assert.Equal(5, Enumerable.Range(1, 100).Count(fit => Could(Bands(12), Nothing, fit)));

    [Fact]
    public void Offers_no_two_criteria_that_exclude_each_other()
    {
        var viewed = new CountWithin([Catalogue.SlotOf("engagement.pageView")], 1, TimeSpan.FromDays(30));
        Criterion[] criteria = [new("views", CriterionGroup.Interest, viewed, 20, new("a", "a")), new("quiet", CriterionGroup.Interest, new Negation(viewed), 20, new("a", "a"))];
        Assert.Empty(RuleEngine.Evaluate(Rules(criteria, 0, 40), Nothing, new(RuleSamples.Judged)).Shortfall!.Ways);
        Assert.Equal(2, RuleEngine.Evaluate(Rules(criteria, 0, 20), Nothing, new(RuleSamples.Judged)).Shortfall!.Ways.Count);
    }

    private static LeadFacts Nothing => new LeadFacts.Builder(Catalogue).Build();

    private static Gen<FactValue> Known(FactValue[] values) => Gen.Int[-values.Length * 2, values.Length - 1].Select(i => i < 0 ? FactValue.Unknown : values[i]);

    private static Gen<Criterion[]> Criteria(Gen<Condition> condition, int least) => Gen.Select(condition, Gen.Int[least, 20])
        .Select((when, points) => (when, points)).Array[1, 7].Select(all => all.Select((one, i) => new Criterion($"c{i}", CriterionGroup.Fit, one.when, one.points, new("a", "a"))).ToArray());

    private static Criterion[] Bands(int count) => [.. Enumerable.Range(0, count).Select(i =>
        new Criterion($"c{i}", CriterionGroup.Fit, new NumberBetween([Employees], i, i + 0.5m), 5, new("a", "a")))];

    private static int Best(Criterion[] criteria, LeadFacts lead) =>
        Filled(lead).Max(full => RuleEngine.Weigh(Rules(criteria, 0), full, new(RuleSamples.Judged)).FitScore);

    private static IEnumerable<LeadFacts> Filled(LeadFacts lead) =>
        from size in lead[Employees].IsKnown ? [lead[Employees]] : Sizes
        from place in lead[Country].IsKnown ? [lead[Country]] : Places
        from flag in lead[Open].IsKnown ? [lead[Open]] : Flags
        select new LeadFacts.Builder(Catalogue).Set(WellKnownFacts.CompanyEmployees, size).Set(WellKnownFacts.CompanyCountry, place).Set("deal.open", flag).Build();

    private static bool Could(Criterion[] criteria, LeadFacts lead, int fit) => RuleEngine.Judge(Rules(criteria, fit), lead, new(RuleSamples.Judged)) != Verdict.NotReady;

    private static RuleSet Rules(Criterion[] criteria, int fit, int? interest = null) => Rulebook.Of(criteria, new() { Fit = fit, Interest = interest });
}
