using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts;

/// <summary>Why a lead is not handed over where points and blockers are not the reason.</summary>
public sealed class HeldBackTextTests
{
    private const string Mql = "mql: { fit: 50, interest: 30, orHandRaise: true";

    [Theory]
    [InlineData("da", "Holdes tilbage af: Budget er besvaret med nej.")]
    [InlineData("en", "Held back by: Budget answered no.")]
    public void Names_the_answer_that_holds_a_lead_back(string language, string expected) =>
        Assert.Contains(expected, NotYet(Raised().Set(WellKnownFacts.BantBudget, FactValue.Of(BantAnswer.NotMet)), RuleSamples.Golden, language));

    [Theory]
    [InlineData("da", BantAnswer.NotMet, "Holdes tilbage af: Behov er besvaret med nej.")]
    [InlineData("en", BantAnswer.NotMet, "Held back by: Need answered no.")]
    [InlineData("da", BantAnswer.Unknown, "Holdes tilbage af: Behov er ikke oplyst.")]
    [InlineData("en", BantAnswer.Unknown, "Held back by: Need is not known.")]
    public void Names_what_the_first_gate_asks_for(string language, BantAnswer need, string expected)
    {
        var lead = need == BantAnswer.Unknown ? Raised() : Raised().Set(WellKnownFacts.BantNeed, FactValue.Of(need));
        var text = NotYet(lead, With("met: [need]"), language);
        Assert.Contains(expected, text);
        Assert.DoesNotContain(language == "da" ? "Mangler" : "short", text);
    }

    [Theory]
    [InlineData("da", "Holdes tilbage af: Besøg på websitet er ikke opfyldt; 0 opfyldt af Behov og Budget, krav 1.")]
    [InlineData("en", "Held back by: Website visits is not met; 0 met of Need and Budget, needs 1.")]
    public void Names_every_reason(string language, string expected) =>
        Assert.Contains(expected, NotYet(Raised(), With("met: [website], atLeastOf: { count: 1, of: [need, budget] }"), language));

    [Fact]
    public void Says_nothing_of_what_holds_nothing_back() => Assert.DoesNotContain("Held back by", NotYet(RuleSamples.NotYet(), RuleSamples.Golden, "en"));

    [Theory]
    [InlineData("da", "IKKE NOK OPLYSNINGER ENDNU · vurderet 23.11.2026", "Oplysninger mangler: Henvendelse.")]
    [InlineData("en", "NOT ENOUGH DATA YET · judged 23 Nov 2026", "Data missing: Request.")]
    public void Tells_too_little_data_from_not_ready_and_names_the_acts(string language, string title, string missing)
    {
        var lead = RuleSamples.NotYet().Set(WellKnownFacts.EngagementPrefix + EngagementKinds.HandRaise, FactValue.Unknown);
        var text = NotYet(lead, RuleSamples.Golden, language);
        Assert.StartsWith(title, text, StringComparison.Ordinal);
        Assert.Contains(missing, text);
    }

    private static LeadFacts.Builder Raised() => RuleSamples.Lead().Did(EngagementKinds.HandRaise, RuleSamples.On(11, 22));

    private static RuleSet With(string more) => RuleSamples.Parse(RuleSamples.ShippedText.Replace(Mql, $"{Mql}, {more}"));

    private static string NotYet(LeadFacts.Builder lead, RuleSet rules, string language) =>
        WhyText.NotYet(rules, RuleSamples.Judge(lead, rules), RuleSamples.Copenhagen, language);
}
