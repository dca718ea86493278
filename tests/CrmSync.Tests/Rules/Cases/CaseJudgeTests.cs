using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.Cases;

namespace CrmSync.Tests.Rules.Cases;

/// <summary>What is said of a lead that came out otherwise than agreed.</summary>
public sealed class CaseJudgeTests
{
    private const string Facts = "company.industry: metal, company.country: Sverige, company.employees: 19, person.role: Ejer, person.email: a@b.se, engagement.webinarAttended: [0d ago], engagement.contentDownload: [10d ago]";

    private static readonly RuleSet Rules = RuleSamples.Parse(
        RuleSamples.ShippedText + "\npolicies: [{ id: north, when: { fact: company.country, op: eq, value: IS }, without: [social] }]\n");

    [Fact]
    public void Passes_what_comes_as_expected()
    {
        var outcome = Judge("verdict: offer, fit: 75, interest: 32, handRaise: false, gates: { mql: pass, offer: pass, sql: noPass }, findings: { content: met 12, website: notMet, need: unknown }, blockers: [], missing: []");
        Assert.Empty(outcome.Differences);
        Assert.Empty(outcome.Explained);
    }

    [Theory]
    [InlineData("verdict: notReady", "verdict", "notReady", "offer")]
    [InlineData("verdict: offer, fit: 100", "fit", "100", "75")]
    [InlineData("verdict: offer, interest: 35", "interest", "35", "32")]
    [InlineData("verdict: offer, handRaise: true", "handRaise", "true", "false")]
    [InlineData("verdict: offer, gates: { mql: noPass }", "gate mql", "noPass", "pass")]
    [InlineData("verdict: offer, gates: { offer: notEnoughData }", "gate offer", "notEnoughData", "pass")]
    [InlineData("verdict: offer, gates: { sql: pass }", "gate sql", "pass", "noPass")]
    [InlineData("verdict: offer, findings: { company-size: met }", "company-size", "met", "notMet")]
    [InlineData("verdict: offer, findings: { content: met 15 }", "content", "met 15", "met 12")]
    [InlineData("verdict: offer, findings: { need: notMet }", "need", "notMet", "unknown")]
    [InlineData("verdict: offer, policy: north", "policy", "north", "default")]
    [InlineData("verdict: offer, blockers: [opted-out]", "blockers", "opted-out", "none")]
    [InlineData("verdict: offer, missing: [person.phone]", "missing", "person.phone", "none")]
    public void Names_the_one_thing_that_differs(string expect, string what, string expected, string came)
    {
        var difference = Assert.Single(Judge(expect).Differences);
        Assert.Equal((what, expected, came), (difference.What, difference.Expected, difference.Came));
    }

    [Fact]
    public void Shows_the_fact_behind_a_finding()
    {
        Assert.Equal("company.employees is 19", Assert.Single(Judge("verdict: offer, findings: { company-size: met }").Differences).Saw);
        Assert.Equal("engagement.contentDownload: 1 in the window, latest 2026-11-13 09:15", Assert.Single(Judge("verdict: offer, findings: { content: met 15 }").Differences).Saw);
        Assert.Equal("bant.need is unknown", Assert.Single(Judge("verdict: offer, findings: { need: notMet }").Differences).Saw);
    }

    [Fact]
    public void Tells_when_the_policy_does_not_ask_a_criterion()
    {
        var difference = Assert.Single(Judge("verdict: offer, policy: north, findings: { social: notMet }", Facts.Replace("Sverige", "Island")).Differences);
        Assert.Equal(("social", "notMet", "no finding"), (difference.What, difference.Expected, difference.Came));
    }

    [Fact]
    public void Explains_the_whole_judgement_where_it_differs()
    {
        var explained = Judge("verdict: notReady").Explained;
        Assert.Equal("fit 75, interest 32", explained[1]);
        Assert.Contains("- fit company-size: Employees: 19 (0 of 25)", explained);
        Assert.DoesNotContain(explained, line => line.Contains("blocker", StringComparison.Ordinal));
    }

    private static CaseOutcome Judge(string expect, string facts = Facts)
    {
        var read = CaseFile.Parse($"at: 2026-11-23T09:15:00Z\notherActs: none\ncases: [{{ name: a, facts: {{ {facts} }}, expect: {{ {expect} }} }}]", "c.yaml", Rules);
        Assert.Empty(read.Problems);
        return new CaseJudge(Rules).Judge(Assert.Single(read.Cases!));
    }
}
