using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts;

/// <summary>What is said of criteria of several parts: only what the part that decided asks for.</summary>
public sealed class CompositeTextTests
{
    private const string Guide = "{ fact: engagement.contentDownload, op: seenWithin, within: 60d }";
    private const string Views = "{ fact: engagement.pageView, op: countWithin, value: 3, within: 30d }";
    private const string Clicks = "{ fact: engagement.emailClick, op: countWithin, value: 3, within: 30d }";
    private const string Webinar = "{ fact: engagement.webinarAttended, op: seenWithin, within: 300d }";

    [Fact]
    public void Asks_for_as_many_acts_as_the_part_needs() =>
        Assert.Contains("Would make it ready: 1 guide downloaded (15) or 1 webinar", NotYet(RuleSamples.NotYet(), With(Guide, $"{{ any: [{Guide}, {Clicks}] }}")));

    [Fact]
    public void Counts_no_act_that_is_not_enough_by_itself()
    {
        var rules = With(Guide, $"{{ all: [{Guide}, {Clicks}] }}");
        Assert.Contains("Would make it ready: Downloaded content (25) or 1 webinar", NotYet(RuleSamples.NotYet(), rules));
        var downloaded = RuleSamples.NotYet().Did(EngagementKinds.ContentDownload, RuleSamples.On(11, 12));
        Assert.Contains("- interest content: Downloaded content", Explain(downloaded, rules));
    }

    [Fact]
    public void Tells_the_window_of_the_part_that_decided()
    {
        var rules = With(Views, $"{{ any: [{Views}, {Webinar}] }}");
        var lead = RuleSamples.Lead().Did(EngagementKinds.PageView, RuleSamples.On(8, 3, count: 5));
        Assert.Contains("- interest website: Page views: none in 30 days", Explain(lead, rules));
        Assert.Contains("+ interest website: Attended webinar 23 Nov (15)", Explain(lead.Did(EngagementKinds.WebinarAttended, RuleSamples.On(11, 23)), rules));
    }

    [Fact]
    public void Tells_no_window_where_two_could_have_decided()
    {
        var rules = With(Views, $"{{ any: [{Views}, {Views.Replace("30d", "300d")}] }}");
        var lead = RuleSamples.Lead().Did(EngagementKinds.PageView, RuleSamples.On(11, 23, count: 5));
        Assert.Contains("+ interest website: Website visits (15)", Explain(lead, rules));
    }

    [Fact]
    public void Calls_acts_of_several_kinds_by_the_name_of_none()
    {
        var rules = With(Views, Views.Replace("engagement.pageView", "[engagement.pageView, engagement.emailClick]"));
        var lead = RuleSamples.Lead().Did(EngagementKinds.PageView, RuleSamples.On(11, 20, count: 2)).Did(EngagementKinds.EmailClick, RuleSamples.On(11, 23));
        Assert.Contains("+ interest website: Website visits (15)", Explain(lead, rules));
    }

    [Fact]
    public void Counts_nothing_under_a_not()
    {
        var rules = With(Guide, $"{{ not: {Guide} }}");
        Assert.Contains("+ interest content: Downloaded content (15)", Explain(RuleSamples.Lead(), rules));
        Assert.Contains("- interest content: Downloaded content", Explain(RuleSamples.Lead().Did(EngagementKinds.ContentDownload, RuleSamples.On(11, 12)), rules));
    }

    [Theory]
    [InlineData("da", "Antal ansatte: 120,5 (25)")]
    [InlineData("en", "Employees: 120.5 (25)")]
    public void Writes_numbers_as_the_language_does(string language, string expected) => Assert.Contains(
        expected, NotYet(RuleSamples.NotYet().Set(WellKnownFacts.CompanyEmployees, FactValue.Of(120.5m)), RuleSamples.Shipped, language));

    private static RuleSet With(string condition, string other) => RuleSamples.Parse(RuleSamples.ShippedText.Replace($"when: {condition}", $"when: {other}"));

    private static string NotYet(LeadFacts.Builder lead, RuleSet rules, string language = "en") =>
        WhyText.NotYet(rules, RuleSamples.Judge(lead, rules), RuleSamples.Copenhagen, language);

    private static IReadOnlyList<string> Explain(LeadFacts.Builder lead, RuleSet rules) =>
        ExplainText.Lines(rules, RuleSamples.Judge(lead, rules), RuleSamples.Copenhagen, "en");
}
