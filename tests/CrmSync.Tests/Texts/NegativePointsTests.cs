using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts;

/// <summary>Points that are taken away: what a person reads still adds up.</summary>
public sealed class NegativePointsTests
{
    private const string Website = "    when: { fact: engagement.pageView, op: countWithin, value: 3, within: 30d }\n    points: 15\n    text: { en: Website visits, da: Besøg på websitet }\n";
    private const string Opened = "  - id: opened\n    group: interest\n    when: { fact: engagement.emailOpen, op: seenWithin, within: 30d }\n    points: -40\n    text: { en: Opened mail, da: Åbnede mail }\n";
    private static readonly RuleSet Rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Website, Website + Opened));

    private static LeadFacts.Builder Lead => RuleSamples.Lead()
        .Did(EngagementKinds.PageView, RuleSamples.On(11, 22, count: 4)).Did(EngagementKinds.EmailOpen, RuleSamples.On(11, 22));

    [Theory]
    [InlineData("en", "Interest is 54 points short (-24 of 30).", "! Opened mail 22 Nov (-39 of -40)")]
    [InlineData("da", "Mangler 54 point i interesse (-24 af 30).", "! Åbnede mail 22.11. (-39 af -40)")]
    public void Counts_what_is_missing_from_below_zero(string language, string missing, string taken)
    {
        var text = WhyText.NotYet(Rules, RuleSamples.Judge(Lead, Rules), RuleSamples.Copenhagen, language);
        Assert.Contains(missing, text);
        Assert.Contains($"(15)\n{taken}", text);
    }

    [Fact]
    public void Marks_them_in_an_offer_and_in_the_terminal()
    {
        var raised = Lead.Did(EngagementKinds.HandRaise, RuleSamples.On(11, 22));
        var evaluation = RuleSamples.Judge(raised, Rules);
        Assert.Contains("\n! Opened mail 22 Nov (-39 of -40)", WhyText.Offered(Rules, evaluation, raised.Build(), RuleSamples.Due, RuleSamples.Copenhagen, "en"));
        Assert.Contains("! interest opened: Opened mail 22 Nov (-39 of -40)", ExplainText.Lines(Rules, evaluation, RuleSamples.Copenhagen, "en"));
    }
}
