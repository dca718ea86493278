using System.Globalization;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;
using CsCheck;

namespace CrmSync.Tests.Rules;

public sealed class RulePropertyTests
{
    private static readonly CriterionResult[] Values = Enum.GetValues<CriterionResult>();

    private static readonly Gen<LeadFacts> GenLead = LeadGen.Lead;

    [Fact]
    public void Judges_as_it_evaluates() => GenLead.Sample(lead =>
        RuleEngine.Judge(RuleSamples.Shipped, lead, new(RuleSamples.Judged)) == Evaluate(lead, RuleSamples.Judged).Verdict);

    [Fact]
    public void Adds_up_the_points_it_shows() => GenLead.Sample(lead =>
    {
        var evaluation = Evaluate(lead, RuleSamples.Judged);
        return evaluation.InterestScore == Math.Min(100, evaluation.Findings.Where(f => f.Group == CriterionGroup.Interest).Sum(f => f.Points))
            && evaluation.FitScore == Math.Min(100, evaluation.Findings.Where(f => f.Group == CriterionGroup.Fit).Sum(f => f.Points));
    });

    [Fact]
    public void Never_loses_points_by_one_more_act() => Gen.Select(GenLead, Gen.Int[0, 90 * 24]).Sample((lead, hours) =>
    {
        var acts = lead["engagement.contentDownload"].Engagement.Acts.Append(new EngagementAct(RuleSamples.Judged.AddHours(-hours))).OrderBy(a => a.At).ToArray();
        var more = lead.With("engagement.contentDownload", RuleSamples.Acts(acts));
        return Evaluate(more, RuleSamples.Judged).InterestScore >= Evaluate(lead, RuleSamples.Judged).InterestScore;
    });

    [Fact]
    public void Gives_the_same_scores_in_any_order_of_criteria() => Gen.Select(GenLead, Gen.Shuffle(RuleSamples.Shipped.Criteria.Take(10).ToArray())).Sample((lead, order) =>
    {
        var rules = RuleSamples.Shipped;
        var shuffled = new RuleSet
        {
            Schema = 1, Name = "x", Version = 1, Effective = default, Hash = "", Languages = rules.Languages, Facts = rules.Facts,
            Catalogue = rules.Catalogue, Aliases = rules.Aliases, Default = new() { Id = "default", Gates = rules.Gates, Criteria = [.. order, .. rules.Criteria.Skip(10)] },
        };
        var (a, b) = (Evaluate(lead, RuleSamples.Judged), RuleEngine.Evaluate(shuffled, lead, new(RuleSamples.Judged)));
        return (a.Verdict, a.FitScore, a.InterestScore, a.NextChangeAt) == (b.Verdict, b.FitScore, b.InterestScore, b.NextChangeAt);
    });

    [Fact]
    public void Answers_alike_until_the_next_change_and_otherwise_at_it() => Gen.Select(GenLead, Gen.Double[0, 1]).Sample((lead, share) =>
    {
        var now = Evaluate(lead, RuleSamples.Judged);
        var next = now.NextChangeAt ?? RuleSamples.Judged.AddDays(400);
        var between = Evaluate(lead, RuleSamples.Before(next, share));
        var at = Evaluate(lead, next);
        var changed = (now.Mql, now.Offer, now.SalesQualified) != (at.Mql, at.Offer, at.SalesQualified);
        return (now.Mql, now.Offer) == (between.Mql, between.Offer) && changed == now.NextChangeAt is not null;
    }, iter: 300);

    [Fact]
    public void Fades_by_half_with_each_half_life() => Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200], Gen.Int[1, 120]).Sample((a, b, life) =>
        HalfLife.ShareLeft(life, life) == 0.5m
        && Math.Abs(HalfLife.ShareLeft(a + life, life) - HalfLife.ShareLeft(a, life) / 2) < 1e-15m
        && Math.Abs(HalfLife.ShareLeft(a, life) * HalfLife.ShareLeft(b, life) - HalfLife.ShareLeft(a + b, life)) < 1e-11m
        && HalfLife.ShareLeft(a + 1, life) < HalfLife.ShareLeft(a, life) + 1e-18m);

    [Fact]
    public void Keeps_Kleenes_tables() => Assert.All(from a in Values from b in Values select (a, b), pair =>
    {
        Assert.Equal(pair.a < pair.b ? pair.a : pair.b, Read(AtLeastOf.All([new Fixed(pair.a), new Fixed(pair.b)])));
        Assert.Equal(pair.a > pair.b ? pair.a : pair.b, Read(AtLeastOf.Any([new Fixed(pair.a), new Fixed(pair.b)])));
        Assert.Equal(2 - (int)pair.a, (int)Read(new Negation(new Fixed(pair.a))));
    });

    [Fact]
    public void Counts_at_least_so_many_of_three() => Assert.All(
        from a in Values from b in Values from c in Values from needed in new[] { 1, 2, 3 } select (Parts: new[] { a, b, c }, Needed: needed), row =>
        {
            var (met, open) = (row.Parts.Count(part => part == CriterionResult.Met), row.Parts.Count(part => part == CriterionResult.Unknown));
            var expected = met >= row.Needed ? CriterionResult.Met : met + open < row.Needed ? CriterionResult.NotMet : CriterionResult.Unknown;
            Assert.Equal(expected, Read(new AtLeastOf(row.Needed, [.. row.Parts.Select(part => new Fixed(part))])));
            // At least n are, exactly when it is not so that at least 4 - n are not.
            Assert.Equal(expected, Read(new Negation(new AtLeastOf(4 - row.Needed, [.. row.Parts.Select(part => new Negation(new Fixed(part)))]))));
        });

    [Fact]
    public void Never_gains_points_with_age() => Gen.Select(Gen.Int[1, 100], Gen.Int[1, 90], Gen.Int[0, 100]).Sample((points, life, day) =>
    {
        var criterion = new Criterion("a", CriterionGroup.Interest, new CountWithin([0], 1, TimeSpan.FromDays(120)), points, new("a", "a"), life);
        int At(int days) => criterion.PointsAt(RuleSamples.Judged.AddDays(-days).UtcTicks, RuleSamples.Judged.UtcTicks);
        return At(0) == points && At(day + 1) <= At(day) && At(life) == (points + 1) / 2;
    });

    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    public void Answers_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var rules = RuleSamples.Parse(RuleSamples.ShippedText);
            var lead = RuleSamples.Lead().Set(WellKnownFacts.CompanyIndustry, FactValue.Of("MINING_METALS")).Set(WellKnownFacts.PersonRole, FactValue.Of("INDKØBSCHEF"));
            Assert.Equal(75, RuleSamples.Judge(lead, rules).FitScore);
            Assert.Equal(RuleSamples.Shipped.Hash, rules.Hash);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Answers_alike_whatever_the_offset_of_an_instant() => Gen.Select(GenLead, Gen.Int[-12, 14]).Sample((lead, hours) =>
        Evaluate(lead, RuleSamples.Judged.ToOffset(TimeSpan.FromHours(hours))).InterestScore == Evaluate(lead, RuleSamples.Judged).InterestScore);

    [Fact]
    public void Judges_without_allocating()
    {
        var (rules, lead, context) = (RuleSamples.Shipped, RuleSamples.Offered().Build(), new LeadContext(RuleSamples.Judged));
        RuleEngine.Judge(rules, lead, context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RuleEngine.Judge(rules, lead, context);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Evaluation Evaluate(LeadFacts lead, DateTimeOffset at) => RuleEngine.Evaluate(RuleSamples.Shipped, lead, new(at));

    private static CriterionResult Read(Condition condition) => condition.Read(RuleSamples.Lead().Build(), new(RuleSamples.Judged)).Result;

    private sealed class Fixed(CriterionResult result) : Condition
    {
        public override IReadOnlyList<int> Slots => [];

        public override void Read(LeadFacts facts, in LeadContext context, out Reading reading) => reading = new(result);
    }
}
