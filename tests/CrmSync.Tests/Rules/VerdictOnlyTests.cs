using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>A verdict read from part of the criteria is the verdict of all, however points, caps and gates are set.</summary>
public sealed class VerdictOnlyTests
{
    private static readonly RuleSet Shipped = RuleSamples.Shipped;
    private static readonly int Count = Shipped.Criteria.Count;

    private static readonly Gen<LeadFacts> Lead = Gen.Select(LeadGen.Lead, LeadGen.Acts, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool).Select(
        (lead, requests, since, need, phone) => new LeadFacts.Builder(lead)
            .Set("engagement.handRaise", since == 0 ? FactValue.Unknown : FactValue.Of(new Engagement
            {
                Acts = [.. requests.Take(2)], CompleteSince = since == 1 ? DateTimeOffset.MinValue : RuleSamples.Judged.AddDays(-5),
            }))
            .Set(WellKnownFacts.BantNeed, FactValue.Of((BantAnswer)need))
            .Set(WellKnownFacts.PersonPhone, FactValue.Of(phone ? "12345678" : null)).Build());

    private static readonly Gen<int[]> Some = Gen.Int[0, Count - 1].Array[0, 2];

    private static readonly Gen<Gate> AnyGate = Gen.Select(Gen.Int[-1, 8], Gen.Int[-1, 8], Gen.Bool, Some, Gen.Select(Some, Gen.Int[0, 2]), Some, Gen.Bool).Select(
        (fit, interest, raise, met, of, noneNotMet, phone) => new Gate
        {
            Fit = fit < 0 ? null : fit * 10, Interest = interest < 0 ? null : interest * 10, OrHandRaise = raise,
            Met = met.Length == 2 ? [] : met, Of = of.Item1, AtLeast = Math.Min(of.Item2, of.Item1.Length), NoneNotMet = noneNotMet.Length == 2 ? [] : noneNotMet,
            AnyKnown = phone ? [Shipped.Catalogue.SlotOf(WellKnownFacts.PersonPhone)] : [],
        });

    private static readonly Gen<ScoreCaps> Caps = Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12]).Select((fit, interest) => new ScoreCaps(Math.Min(100, fit * 10), Math.Min(100, interest * 10)));

    private static readonly Gen<Policy> AnyPolicy = Gen.Select(Gen.Int[-8, 10].Array[Count], Gen.Int[0, 9].Array[Count], AnyGate, AnyGate, Caps).Select(
        (points, kinds, mql, offer, caps) => new Policy
        {
            Id = "any", Gates = new(mql, offer, new()), Caps = caps, Criteria = [.. Shipped.Criteria.Select((criterion, i) => Varied(criterion, points[i] * 5, kinds[i]))],
        });

    private static readonly Gen<CoolOffPeriod?> Pause = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 60], Gen.Int[-5, 30]).Select(CoolOffPeriod? (kind, since, until) =>
        kind == 0 ? null : new(RuleSamples.Judged.AddDays(-since), kind == 1 ? null : RuleSamples.Judged.AddDays(until)));

    [Fact]
    public void Judges_as_it_weighs() => Gen.Select(AnyPolicy, Lead, Pause).Sample(
        (policy, lead, pause) => Alike(policy, lead, new(RuleSamples.Judged, pause)), iter: 20_000);

    [Fact]
    public void Judges_the_shipped_policy_as_it_weighs_with_and_without_a_pause() => Gen.Select(Lead, Pause).Sample(
        (lead, pause) => Alike(Shipped.Default, lead, new(RuleSamples.Judged, pause)));

    [Fact]
    public void Judges_as_it_evaluates() => Gen.Select(AnyPolicy, Lead, Pause).Sample((policy, lead, pause) =>
        RuleEngine.Judge(With(policy), lead, new(RuleSamples.Judged, pause)) == RuleEngine.Evaluate(With(policy), lead, new(RuleSamples.Judged, pause)).Verdict, iter: 500);

    [Fact]
    public void Allocates_nothing_whatever_the_policy() => Gen.Select(AnyPolicy, Lead, Pause).Sample((policy, lead, pause) =>
    {
        var (rules, context) = (With(policy), new LeadContext(RuleSamples.Judged, pause));
        RuleEngine.Judge(rules, lead, context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuleEngine.Judge(rules, lead, context);
        return GC.GetAllocatedBytesForCurrentThread() == before;
    }, iter: 300);

    [Fact]
    public void Leaves_facts_once_built_as_they_are()
    {
        var builder = RuleSamples.Lead().Set(WellKnownFacts.PersonPhone, FactValue.Of("1"));
        var before = builder.Build();
        var after = builder.Set(WellKnownFacts.PersonPhone, FactValue.Of("2")).Build();
        Assert.Equal(("1", "2"), (before[WellKnownFacts.PersonPhone].Text, after[WellKnownFacts.PersonPhone].Text));
    }

    private static bool Alike(Policy policy, LeadFacts lead, LeadContext context)
    {
        var rules = With(policy);
        var (alone, whole) = (RuleEngine.Judge(rules, lead, context), RuleEngine.Weigh(rules, lead, context));
        Assert.True(alone == whole.Verdict, $"{alone} alone, {whole.Verdict} of all; {policy.Gates}; {policy.Caps}; {string.Join(", ", whole.Findings)}");
        return true;
    }

    // Most stay what they are; some change sides or ask for sales.
    private static Criterion Varied(Criterion criterion, int points, int kind) => new(
        criterion.Id, kind switch { 7 => CriterionGroup.Fit, 8 => CriterionGroup.Interest, _ => criterion.Group }, criterion.When, points, criterion.Text, criterion.HalfLifeDays)
    {
        HandRaise = criterion.HandRaise ? kind != 9 : kind == 6,
    };

    private static RuleSet With(Policy policy) => new()
    {
        Schema = 1, Name = "x", Version = 1, Effective = default, Hash = "", Languages = Shipped.Languages, Facts = Shipped.Facts,
        Catalogue = Shipped.Catalogue, Aliases = Shipped.Aliases, Default = policy,
    };
}
