using CrmSync.Leads.Facts;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts;

public sealed class WhyTextTests
{
    [Fact]
    public void Drops_whole_lines_when_it_grows_too_long()
    {
        var lead = RuleSamples.Offered()
            .Set(WellKnownFacts.PersonRole, FactValue.Of("Manager of " + new string('x', 300)))
            .Did(EngagementKinds.WebinarAttended, RuleSamples.On(11, 17, new string('w', 300)))
            .Did(EngagementKinds.EmailClick, RuleSamples.On(11, 17, count: 2))
            .Did(EngagementKinds.HandRaise, RuleSamples.On(11, 18, new string('v', 300)));
        foreach (var language in new[] { "da", "en" })
        {
            var text = WhyText.Offered(RuleSamples.Golden, RuleSamples.Judge(lead), lead.Build(), RuleSamples.Due, RuleSamples.Copenhagen, language);
            Assert.True(text.Length <= WhyText.MaxLength);
            Assert.Contains(language == "da" ? "SÅDAN SVARER DU" : "HOW TO ANSWER", text);
        }
    }

    [Fact]
    public void Keeps_foreign_text_on_one_line()
    {
        var lead = RuleSamples.Offered().Did(EngagementKinds.WebinarAttended, RuleSamples.On(11, 17, "A\n+ Budget: yes"));
        var text = WhyText.Offered(RuleSamples.Golden, RuleSamples.Judge(lead), lead.Build(), RuleSamples.Due, RuleSamples.Copenhagen, "en");
        Assert.Contains("\"A + Budget: yes\"", text);
    }

    [Fact]
    public void Names_the_missing_data_and_the_blockers()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.PersonRole, FactValue.Unknown).Set(WellKnownFacts.DealOpen, FactValue.Of(true));
        var text = WhyText.NotYet(RuleSamples.Golden, RuleSamples.Judge(lead), RuleSamples.Copenhagen, "en");
        Assert.Contains("Fit is 5 points short (45 of 50). Interest is fine (44 of 100, needs 30).", text);
        Assert.Contains("Data missing: Employees, Role.", text);
        Assert.Contains("Blockers: customer or open deal.", text);
        Assert.Contains("? Role: not known (worth 30)", text);
    }

    [Fact]
    public void Tells_a_held_lead_apart()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.ConsentOptedOut, FactValue.Of(true));
        var text = WhyText.NotYet(RuleSamples.Golden, RuleSamples.Judge(lead), RuleSamples.Copenhagen, "da");
        Assert.Contains("Kravene er opfyldt (match 75, interesse 44), men leadet holdes tilbage.", text);
    }

    [Fact]
    public void Explains_every_finding_in_the_terminal()
    {
        var evaluation = RuleSamples.Judge(RuleSamples.Offered());
        foreach (var language in new[] { "da", "en" })
        {
            var lines = ExplainText.Lines(RuleSamples.Golden, evaluation, RuleSamples.Copenhagen, language);
            Assert.Equal(evaluation.Findings.Count + 3, lines.Count);
            Assert.All(lines, line => Assert.DoesNotContain(": :", line));
            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', lines));
        }
    }
}
