using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>The smallest changes that would have let a lead pass, and what a pass hung on.</summary>
public sealed class ShortfallTests
{
    [Fact]
    public void Names_single_acts_the_lightest_first() =>
        Assert.Equal(["content", "webinar"], Ways(RuleSamples.NotYet()));

    [Fact]
    public void Names_pairs_where_no_single_act_is_enough() =>
        Assert.Equal(["webinar+email-clicks", "content+website", "webinar+content"], Ways(RuleSamples.Lead()));

    [Theory]
    [InlineData("en", "Would make it ready: 1 webinar attended (20) and 2 newsletter clicks (10), or 1 guide downloaded (15) and 3 page views (15), or 1 webinar attended (20) and 1 guide downloaded (15). A request for a demo, price or contact sends it at once.")]
    [InlineData("da", "Det gør leadet klart: 1 webinar (20) og 2 klik i nyhedsbrev (10), eller 1 guide hentet (15) og 3 sidevisninger (15), eller 1 webinar (20) og 1 guide hentet (15). Beder det om demo, pris eller kontakt, sendes det straks.")]
    public void Tells_pairs(string language, string expected) => Assert.Contains(expected, NotYet(RuleSamples.Lead(), language));

    [Fact]
    public void Names_an_empty_field_that_could_be_filled_in()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.PersonRole, FactValue.Unknown);
        Assert.Equal(["company-size", "role"], Ways(lead));
        Assert.Contains("Would make it ready: Employees filled in and right (25) or Role filled in and right (30).", NotYet(lead, "en"));
        Assert.Contains("Det gør leadet klart: Antal ansatte udfyldt og i orden (25) eller Rolle udfyldt og i orden (30).", NotYet(lead, "da"));
    }

    [Fact]
    public void Pairs_a_field_with_an_act() => Assert.Equal(["company-size+content", "company-size+webinar", "role+content"],
        Ways(RuleSamples.NotYet().Set(WellKnownFacts.PersonRole, FactValue.Unknown)));

    [Fact]
    public void Names_nothing_that_nobody_can_change()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.CompanyIndustry, FactValue.Of("retail")).Set(WellKnownFacts.PersonRole, FactValue.Of("clerk"))
            .Set(WellKnownFacts.CompanyEmployees, FactValue.Of(5m));
        var low = RuleSamples.Judge(lead).Shortfall!;
        Assert.Equal((30, 0, true), (low.Fit, low.Interest, low.HandRaiseSuffices));
        Assert.Empty(low.Ways);
    }

    [Fact]
    public void Names_ways_that_pass_when_taken_and_are_the_smallest() => LeadGen.Lead.Sample(lead =>
    {
        foreach (var way in RuleEngine.Evaluate(RuleSamples.Shipped, lead, new(RuleSamples.Judged)).Shortfall?.Ways ?? [])
        {
            Assert.True(Passes(way.Aggregate(lead, Take)), string.Join('+', way));
            Assert.All(way.Count == 1 ? [] : way, alone => Assert.False(Passes(Take(lead, alone)), alone));
        }
    });

    private static bool Passes(LeadFacts lead) => RuleEngine.Evaluate(RuleSamples.Shipped, lead, new(RuleSamples.Judged)).Mql == GateResult.Pass;

    private static LeadFacts Take(LeadFacts lead, string criterion) => criterion switch
    {
        "industry" => lead.With(WellKnownFacts.CompanyIndustry, FactValue.Of("metal")),
        "company-size" => lead.With(WellKnownFacts.CompanyEmployees, FactValue.Of(50m)),
        "country" => lead.With(WellKnownFacts.CompanyCountry, FactValue.Of("FI")),
        "webinar" => Do(lead, EngagementKinds.WebinarAttended, 1),
        "content" => Do(lead, EngagementKinds.ContentDownload, 1),
        "website" => Do(lead, EngagementKinds.PageView, 3),
        "email-clicks" => Do(lead, EngagementKinds.EmailClick, 2),
        "social" => Do(lead, EngagementKinds.SocialClick, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "not known to this test"),
    };

    private static LeadFacts Do(LeadFacts lead, string kind, int times)
    {
        var known = lead[WellKnownFacts.EngagementPrefix + kind].Engagement;
        return lead.With(WellKnownFacts.EngagementPrefix + kind, FactValue.Of(known with { Acts = [.. known.Acts, new(RuleSamples.Judged, times)], LastAt = RuleSamples.Judged }));
    }

    [Theory]
    [InlineData("en", "Without the request this lead would not have been sent.")]
    [InlineData("da", "Uden henvendelsen var leadet ikke sendt.")]
    public void Says_that_a_request_carried_the_pass(string language, string expected)
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.CompanyIndustry, FactValue.Of("retail")).Set(WellKnownFacts.PersonRole, FactValue.Of("clerk"))
            .Did(EngagementKinds.HandRaise, RuleSamples.On(11, 22));
        var evaluation = RuleSamples.Judge(lead, RuleSamples.Golden);
        Assert.Equal(("hand-raise", 44), (evaluation.HungOn!.Criterion, evaluation.HungOn.ScoreWithout));
        Assert.Contains(expected, WhyText.Offered(RuleSamples.Golden, evaluation, lead.Build(), RuleSamples.Due, RuleSamples.Copenhagen, language));
    }

    [Fact]
    public void Hangs_on_nothing_where_the_thresholds_hold_without_the_request() =>
        Assert.NotEqual("hand-raise", RuleSamples.Judge(RuleSamples.Offered().Did(EngagementKinds.HandRaise, RuleSamples.On(11, 22))).HungOn?.Criterion);

    private static IEnumerable<string> Ways(LeadFacts.Builder lead) => RuleSamples.Judge(lead).Shortfall!.Ways.Select(way => string.Join('+', way));

    private static string NotYet(LeadFacts.Builder lead, string language) =>
        WhyText.NotYet(RuleSamples.Golden, RuleSamples.Judge(lead, RuleSamples.Golden), RuleSamples.Copenhagen, language);
}
