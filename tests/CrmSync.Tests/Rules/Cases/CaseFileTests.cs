using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.Cases;

namespace CrmSync.Tests.Rules.Cases;

/// <summary>How a file of cases is read, and what is said of one that is wrong.</summary>
public sealed class CaseFileTests
{
    private const string Sound = """
        at: 2026-11-23T09:15:00Z
        leads:
          mette: { company.country: Danmark, company.employees: 19.5, consent.optedOut: false, bant.need: met }
        cases:
          - name: one
            lead: mette
            facts:
              person.buyingRole: [CHAMPION, END_USER]
              engagement.pageView: [1d ago, { at: 2026-11-20, count: 2, detail: Prices }]
              engagement.emailClick: { total: 7, last: 60d 1h ago, completeSince: 2026-11-01T08:00:00+01:00 }
            coolOff: { since: 10d ago, lasts: 90d }
            accepted: true
            expect: { verdict: notReady, findings: { country: met 20 }, gates: { sql: noPass }, missing: [company.industry] }
        """;

    [Fact]
    public void Reads_every_type_of_fact()
    {
        var facts = Assert.Single(Read(Sound)).Facts;
        Assert.Equal("Danmark", facts["company.country"].Text);
        Assert.Equal(19.5m, facts["company.employees"].Number);
        Assert.False(facts["consent.optedOut"].Flag);
        Assert.Equal(BantAnswer.Met, facts["bant.need"].Bant);
        Assert.Equal(["CHAMPION", "END_USER"], facts["person.buyingRole"].Choices);
        Assert.False(facts["company.industry"].IsKnown);
    }

    [Fact]
    public void Reads_acts_oldest_first_and_complete()
    {
        var views = Assert.Single(Read(Sound)).Facts["engagement.pageView"].Engagement;
        Assert.Equal([new(At("2026-11-20T00:00:00Z"), 2, "Prices"), new(At("2026-11-22T09:15:00Z"))], views.Acts);
        Assert.Equal(DateTimeOffset.MinValue, views.CompleteSince);
    }

    [Fact]
    public void Reads_what_a_counter_tells()
    {
        var clicks = Assert.Single(Read(Sound)).Facts["engagement.emailClick"].Engagement;
        Assert.Equal((7, At("2026-09-24T08:15:00Z"), At("2026-11-01T07:00:00Z")), (clicks.Total, clicks.LastAt, clicks.CompleteSince));
        Assert.Empty(clicks.Acts);
    }

    [Fact]
    public void Reads_what_lies_around_the_facts()
    {
        var one = Assert.Single(Read(Sound));
        Assert.Equal(new LeadContext(At("2026-11-23T09:15:00Z"), new(At("2026-11-13T09:15:00Z"), At("2027-02-11T09:15:00Z")), true), one.Context);
        Assert.Equal(("one", 5, Verdict.NotReady, GateResult.NoPass), (one.Name, one.Line, one.Expected.Verdict, one.Expected.Sql));
        Assert.Equal([new ExpectedFinding("country", CriterionResult.Met, 20)], one.Expected.Findings);
        Assert.Null(one.Expected.Blockers);
    }

    [Fact]
    public void Counts_the_acts_of_a_shared_lead_from_each_judgement()
    {
        var cases = Read("""
            leads: { a: { engagement.handRaise: [1d ago] } }
            cases:
              - { name: x, lead: a, at: 2026-11-10, expect: { verdict: offer } }
              - { name: y, lead: a, at: 2026-11-20, expect: { verdict: offer } }
            """);
        Assert.Equal(
            [At("2026-11-09T00:00:00Z"), At("2026-11-19T00:00:00Z")], cases.Select(one => one.Facts["engagement.handRaise"].Engagement.Acts[0].At));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("otherActs: unknown", false)]
    [InlineData("otherActs: none", true)]
    public void Takes_an_act_that_is_not_named_as_unknown_unless_told(string line, bool known)
    {
        var facts = Assert.Single(Read($"{Sound}\n{line}")).Facts;
        Assert.Equal(known, facts["engagement.webinarAttended"].IsKnown);
        Assert.False(facts["person.role"].IsKnown);
    }

    [Fact]
    public void Takes_away_a_fact_of_the_lead()
    {
        var facts = Assert.Single(Read(Sound.Replace("facts:\n", "facts:\n      company.country: unknown\n"))).Facts;
        Assert.False(facts["company.country"].IsKnown);
        Assert.True(facts["company.employees"].IsKnown);
    }

    [Theory]
    [InlineData("company.country: Danmark", "company.contry: Danmark", "The lead 'mette' has no key 'company.contry'.", "Did you mean 'company.country'?")]
    [InlineData("19.5", "\"1.000,5\"", "'company.employees' must be a number", "Write unknown")]
    [InlineData("optedOut: false", "optedOut: no", "'consent.optedOut' must be true or false.", "Write unknown")]
    [InlineData("need: met", "need: yes", "'bant.need' must be met or notMet.", "Write unknown")]
    [InlineData("[1d ago, ", "[1 day ago, ", "'1 day ago' is no instant.", "Write 3d ago")]
    [InlineData("at: 2026-11-20, ", "", "An act lacks 'at'.", "Add 'at:'.")]
    [InlineData("count: 2", "cuont: 2", "An act has no key 'cuont'.", "Did you mean 'count'?")]
    [InlineData("lead: mette", "lead: mete", "No lead is named 'mete'.", "Did you mean 'mette'?")]
    [InlineData("verdict: notReady", "verdict: notready", "'verdict' must be one of", "Did you mean 'notReady'?")]
    [InlineData("verdict: notReady, ", "", "'expect' lacks 'verdict'.", "Add")]
    [InlineData("country: met 20", "country: met x", "'country' must be met, notMet or unknown.", "Write met 17")]
    [InlineData("country: met 20", "land: met 20", "'findings' has no key 'land'.", "")]
    [InlineData("missing: [company.industry]", "missing: [industry]", "No fact is named 'industry'.", "")]
    [InlineData("lasts: 90d", "lasts: long", "'lasts' must be a length of time", "Write days as 30d")]
    [InlineData("since: 10d ago, ", "", "'coolOff' lacks 'since'.", "Add")]
    [InlineData("name: one", "name: \"\"", "'name' must be a text.", "")]
    [InlineData("at: 2026-11-23T09:15:00Z", "at: 3d ago", "The instant of judgement must be fixed", "Write 2026-11-23")]
    [InlineData("at: 2026-11-23T09:15:00Z", "at: 9999-12-31", "'9999-12-31' is no instant.", "Write")]
    [InlineData("accepted: true", "accepted: sure", "'accepted' must be true or false.", "")]
    [InlineData("sql: noPass", "sal: noPass", "'gates' has no key 'sal'.", "Did you mean 'sql'?")]
    public void Names_what_is_wrong_and_where(string right, string wrong, string message, string repair)
    {
        var at = Sound.IndexOf(right, StringComparison.Ordinal);
        var text = Sound[..at] + wrong + Sound[(at + right.Length)..];
        var result = CaseFile.Parse(text, "c.yaml", RuleSamples.Shipped);
        Assert.Null(result.Cases);
        var problem = result.Problems.First(problem => problem.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.StartsWith(repair, problem.Repair, StringComparison.Ordinal);
        Assert.Equal(Sound[..at].Count(c => c == '\n') + 1, problem.Line);
    }

    [Theory]
    [InlineData("cases: []", "There is no case.")]
    [InlineData("leads: {}", "A file of cases lacks 'cases'.")]
    [InlineData("- a", "A file of cases must be a map.")]
    [InlineData("cases: [a]", "A case must be a map.")]
    [InlineData("cases: [{ name: a, expect: { verdict: offer } }]", "Nothing says when this case is judged.")]
    [InlineData("at: 2026-11-23\ncases: [{ name: a, expect: { verdict: offer } }, { name: a, expect: { verdict: offer } }]", "The name 'a' is taken.")]
    [InlineData("leads: []\ncases: []", "'leads' must be a map.")]
    public void Refuses_what_is_no_file_of_cases(string text, string message)
    {
        var result = CaseFile.Parse(text, "c.yaml", RuleSamples.Shipped);
        Assert.Null(result.Cases);
        Assert.Contains(result.Problems, problem => problem.Message == message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d ago")]
    [InlineData(" ago")]
    [InlineData("ago")]
    [InlineData("-1d ago")]
    [InlineData("99999999999d ago")]
    [InlineData("3650d 1h ago")]
    [InlineData("1d 1d 1d 1d 1d ago")]
    [InlineData("2026-13-01")]
    [InlineData("1x ago")]
    public void Refuses_an_instant_that_is_none(string text)
    {
        var result = CaseFile.Parse(Sound.Replace("[1d ago,", $"[\"{text}\","), "c.yaml", RuleSamples.Shipped);
        Assert.Null(result.Cases);
        Assert.Equal("Write 3d ago, 60d 1h ago, 2026-11-20 or 2026-11-20T09:00:00Z.", Assert.Single(result.Problems).Repair);
    }

    [Fact]
    public void Lies_beside_its_rules() => Assert.Equal(Path.Combine("a.b", "sal-rules.cases.yaml"), CaseFile.Beside(Path.Combine("a.b", "sal-rules.yaml")));

    private static IReadOnlyList<LeadCase> Read(string text)
    {
        var result = CaseFile.Parse(text, "c.yaml", RuleSamples.Shipped);
        Assert.Empty(result.Problems);
        return result.Cases!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
