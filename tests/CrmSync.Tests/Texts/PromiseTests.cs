using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;
using CsCheck;

namespace CrmSync.Tests.Texts;

/// <summary>What marketing is told would send a lead to sales does send it; what stands in the way is named before.</summary>
public sealed class PromiseTests
{
    private const string Qualifies = "Would make it marketing-qualified: 1 guide downloaded (15) or 1 webinar attended (20).";
    private static readonly CoolOffPeriod Endless = new(RuleSamples.Judged.AddDays(-10), null);
    private static readonly CoolOffPeriod Running = new(RuleSamples.Judged.AddDays(-10), RuleSamples.Judged.AddDays(80));

    [Theory]
    [InlineData("competitor", "Blockers: competitor.")]
    [InlineData("budget", "Held back by: Budget answered no.")]
    [InlineData("unreachable", "Held back by: Phone or E-mail is missing.")]
    [InlineData("never", "Blockers: cool-off after an earlier answer.")]
    public void Names_what_stands_in_the_way_and_promises_nothing_against_it(string obstacle, string told)
    {
        var text = NotYet(obstacle, "en");
        Assert.Contains($"{told}\n{Qualifies}\n", text);
        Assert.DoesNotContain("at once", text);
        Assert.DoesNotContain("Would make it ready", text);
        Assert.DoesNotContain("Blockers: none", text);
    }

    [Theory]
    [InlineData("competitor", "Spærringer: konkurrent.")]
    [InlineData("budget", "Holdes tilbage af: Budget er besvaret med nej.")]
    [InlineData("unreachable", "Holdes tilbage af: Telefon eller E-mail mangler.")]
    [InlineData("never", "Spærringer: karensperiode efter et tidligere svar.")]
    public void Says_so_in_Danish(string obstacle, string told)
    {
        var text = NotYet(obstacle, "da");
        Assert.Contains($"{told}\nDet gør leadet marketingkvalificeret: 1 guide hentet (15) eller 1 webinar (20).\n", text);
        Assert.DoesNotContain("straks", text);
        Assert.DoesNotContain("Spærringer: ingen", text);
    }

    [Fact]
    public void Promises_that_a_request_ends_a_pause_that_has_an_end() =>
        Assert.Contains($"Blockers: cool-off after an earlier answer.\n{Qualifies} A request for a demo, price or contact sends it at once.", NotYet("pause", "en"));

    [Fact]
    public void Names_the_score_that_the_offer_gate_asks_for()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace("\n  offer:\n", "\n  offer:\n    interest: 60\n"));
        var text = WhyText.NotYet(rules, RuleSamples.Judge(RuleSamples.Offered(), rules), RuleSamples.Copenhagen, "en");
        Assert.Contains("Held back by: interest 44, needs 60.", text);
    }

    [Fact]
    public void Promises_at_once_only_where_a_request_has_the_lead_offered() => Gen.Select(LeadGen.Lead, Gen.Int[0, 6]).Sample((drawn, kind) =>
    {
        var (lead, context) = (Obstructed(new(drawn), kind), new LeadContext(RuleSamples.Judged, kind switch { 4 => Endless, 5 => Running, _ => null }));
        var evaluation = RuleEngine.Evaluate(RuleSamples.Shipped, lead, context);
        var raised = lead.With("engagement.handRaise", RuleSamples.Acts(new EngagementAct(RuleSamples.Judged)));
        return evaluation.Shortfall is not { } low || low.HandRaiseSuffices == (RuleEngine.Judge(RuleSamples.Shipped, raised, context) == Verdict.Offer);
    }, iter: 1_000);

    private static LeadFacts Obstructed(LeadFacts.Builder lead, int kind) => (kind switch
    {
        1 => lead.Set("company.competitor", FactValue.Of(true)),
        2 => lead.Set(WellKnownFacts.BantBudget, FactValue.Of(BantAnswer.NotMet)),
        3 => lead.Set(WellKnownFacts.ConsentOptedOut, FactValue.Of(true)),
        6 => lead.Set(WellKnownFacts.PersonEmail, FactValue.Unknown),
        _ => lead,
    }).Build();

    private static string NotYet(string obstacle, string language)
    {
        var kind = obstacle switch { "competitor" => 1, "budget" => 2, "unreachable" => 6, _ => 0 };
        CoolOffPeriod? pause = obstacle switch { "never" => Endless, "pause" => Running, _ => null };
        var evaluation = RuleEngine.Evaluate(RuleSamples.Golden, Obstructed(RuleSamples.NotYet(), kind), new(RuleSamples.Judged, pause));
        Assert.Equal(Verdict.NotReady, evaluation.Verdict);
        return WhyText.NotYet(RuleSamples.Golden, evaluation, RuleSamples.Copenhagen, language);
    }
}
