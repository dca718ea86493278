using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;
using CrmSync.Leads.Texts;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>The smallest changes where criteria exclude each other or come along with each other: what is told, against doing it.</summary>
public sealed class TiersAndBandsTests
{
    private const string Website = "    when: { fact: engagement.pageView, op: countWithin, value: 3, within: 30d }\n    points: 15\n    text: { en: Website visits, da: Besøg på websitet }\n";
    private const string Many = "  - id: website-10\n    group: interest\n    when: { fact: engagement.pageView, op: countWithin, value: 10, within: 30d }\n    points: 20\n    text: { en: Many website visits, da: Mange besøg }\n";
    private const string Band = "    when: { all: [{ fact: engagement.pageView, op: countWithin, value: 3, within: 30d }, { not: { fact: engagement.pageView, op: countWithin, value: 10, within: 30d } }] }\n    points: 20\n    text: { en: Some website visits, da: Nogle besøg }\n";
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);
    private static readonly string[] Kinds = [EngagementKinds.PageView, EngagementKinds.EmailClick];

    // At least so many acts of a kind and, in a band, no more than so many.
    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Int[0, 1], Gen.Int[1, 8], Gen.Int[-6, 8], Gen.Int[-10, 30]).Select((kind, from, width, points) =>
        new Step(kind, from, width < 0 ? null : from + width, points));

    [Fact]
    public void Adds_the_tiers_that_a_higher_one_brings_along()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Website, Website + Many));
        var text = WhyText.NotYet(rules, RuleSamples.Judge(RuleSamples.Lead(), rules), RuleSamples.Copenhagen, "en");
        Assert.Contains("Would make it ready: 10 page views (35).", text);
        Assert.Contains("- Page views: none in 30 days", text);
    }

    [Fact]
    public void Takes_away_the_band_that_a_higher_one_ends()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Website, Band + Many.Replace("points: 20", "points: 25")));
        var lead = RuleSamples.Lead().Did(EngagementKinds.PageView, RuleSamples.On(11, 22, count: 4));
        Assert.DoesNotContain(RuleSamples.Judge(lead, rules).Shortfall!.Ways, way => way.Contains("website-10"));
    }

    [Fact]
    public void Names_no_band_that_is_left_behind()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Website, Band));
        var lead = RuleSamples.Lead().Did(EngagementKinds.PageView, RuleSamples.On(11, 22, count: 12)).Did(EngagementKinds.ContentDownload, RuleSamples.On(11, 22));
        Assert.DoesNotContain(RuleSamples.Judge(lead, rules).Shortfall!.Ways, way => way.Contains("website"));
    }

    [Fact]
    public void Tells_a_kind_of_act_once_where_several_criteria_ask_for_it()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Website, Website + Many));
        var lead = RuleSamples.Lead().Did(EngagementKinds.ContentDownload, RuleSamples.On(11, 22));
        var text = WhyText.NotYet(rules, RuleSamples.Judge(lead, rules), RuleSamples.Copenhagen, "en");
        Assert.Contains("- Page views: none in 30 days", text);
    }

    [Fact]
    public void Tells_ways_that_pass_when_taken_and_every_single_one() => Gen.Select(AnyStep.Array[1, 6], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[5, 60]).Sample((steps, views, clicks, needed) =>
    {
        int[] done = [views, clicks];
        if (Sum(steps, done) >= needed)
            return;
        var rules = Rulebook.Of([.. steps.Select((step, i) => step.Criterion(i))], new() { Interest = needed });
        var ways = RuleEngine.Evaluate(rules, Lead(done), new(RuleSamples.Judged)).Shortfall!.Ways.Select(way => way.Select(id => id[0] - (int)'a').ToArray()).ToList();
        Assert.All(ways, way => Assert.True(Suffices(steps, done, way, needed), string.Join('+', way)));
        var singles = Enumerable.Range(0, steps.Length).Where(i => steps[i].Points > 0 && Suffices(steps, done, [i], needed)).ToList();
        Assert.Equal(Math.Min(5, singles.Count), ways.Count(way => way.Length == 1));
        var pair = Enumerable.Range(0, steps.Length).Any(i => Enumerable.Range(0, i).Any(j => steps[i].Points > 0 && steps[j].Points > 0 && Suffices(steps, done, [i, j], needed)));
        Assert.Equal(singles.Count > 0 || pair, ways.Count > 0);
    }, iter: 5_000);

    // Only as much is done as it takes; what was done stays done.
    private static bool Suffices(Step[] steps, int[] done, int[] way, int needed)
    {
        int[] after = [.. done.Select((count, kind) => way.Where(i => steps[i].Kind == kind).Select(i => steps[i].From).Append(count).Max())];
        return way.All(i => steps[i].Met(after)) && Sum(steps, after) >= needed;
    }

    private static int Sum(Step[] steps, int[] done) => steps.Where(step => step.Met(done)).Sum(step => step.Points);

    private static LeadFacts Lead(int[] done) => new LeadFacts.Builder(RuleSamples.Shipped.Catalogue)
        .Did(Kinds[0], done[0] == 0 ? [] : [new(RuleSamples.Judged.AddDays(-1), done[0])]).Did(Kinds[1], done[1] == 0 ? [] : [new(RuleSamples.Judged.AddDays(-1), done[1])]).Build();

    private sealed record Step(int Kind, int From, int? To, int Points)
    {
        internal bool Met(int[] done) => done[Kind] >= From && !(done[Kind] > To);

        internal Criterion Criterion(int i) => new($"{(char)('a' + i)}", CriterionGroup.Interest, To is { } to ? AtLeastOf.All([Count(From), new Negation(Count(to + 1))]) : Count(From), Points, new("a", "a"));

        private CountWithin Count(int needed) => new([RuleSamples.Shipped.Catalogue.SlotOf(WellKnownFacts.EngagementPrefix + Kinds[Kind])], needed, Window);
    }
}
