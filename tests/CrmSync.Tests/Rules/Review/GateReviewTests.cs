using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules.Review;

public sealed class GateReviewTests
{
    [Fact]
    public void Finds_nothing_in_the_shipped_rules_but_notes() =>
        Assert.All(ReviewSamples.Review(RuleSamples.ShippedText), problem => Assert.Equal(ProblemSeverity.Note, problem.Severity));

    [Fact]
    public void Notes_that_nobody_signed_and_which_facts_have_no_source()
    {
        var notes = ReviewSamples.Review(RuleSamples.ShippedText).Select(problem => problem.Message).ToList();
        Assert.Contains("Neither marketing nor sales has signed these rules.", notes);
        Assert.Contains("'company.competitor' is unknown on every lead until 'from' names a property.", notes);
    }

    [Theory]
    // Fit is 25 + 25 + 20 + 30; two of these exclude each other.
    [InlineData("when: { fact: company.employees, op: between, value: [20, 1000] }", "when: { fact: company.industry, op: in, value: [retail] }", "fit: 50", "fit: 80",
        "80 can never be reached: of the criteria of 'fit' that can be met at once, none add up to more than 75.")]
    [InlineData("value: met }", "value: notMet }", "met: [need]", "met: [need, need-met]", "No lead passes 'sql': 'need' and 'need-met' are never met at once.")]
    [InlineData("value: met }", "value: notMet }", "noneNotMet: [need, timeline, budget, authority]\n    anyKnown", "met: [need]\n    noneNotMet: [need-met]\n    anyKnown",
        "No lead passes 'offer': where 'need' is met, 'need-met' is not.")]
    [InlineData("value: met }", "value: notMet }", "atLeastOf: { count: 2, of: [need, timeline, budget, authority] }", "atLeastOf: { count: 2, of: [need, need-met] }",
        "No lead passes 'sql': so many of these can never be met at once.")]
    public void Proves_that_no_lead_passes_a_gate(string right, string wrong, string gate, string wrongGate, string message)
    {
        var text = ReviewSamples.Shipped(right, wrong).Replace(gate, wrongGate, StringComparison.Ordinal)
            .Replace("  - id: timeline\n", "  - id: need-met\n    group: bant\n    when: { fact: bant.need, op: eq, value: met }\n    text: { en: Need, da: Behov }\n  - id: timeline\n", StringComparison.Ordinal);
        Assert.Contains(ReviewSamples.Review(text), problem => problem.Message == message && problem.Severity == ProblemSeverity.Error && problem.Line > 1);
    }

    [Fact]
    public void Finds_a_blocker_that_blocks_everybody()
    {
        var text = ReviewSamples.Shipped("when: { op: inCoolOff }", "when: { any: [{ fact: company.name, op: exists }, { not: { fact: company.name, op: exists } }] }");
        Assert.Contains(ReviewSamples.Review(text), problem => problem.Message == "'cool-off' blocks every lead: none is ever offered.");
    }

    [Theory]
    [InlineData("of: [need, timeline, budget, authority]", "of: [need, need, budget, authority]", "'need' is listed twice and counts twice.")]
    [InlineData("effective: 2026-01-01", "effective: 2026-12-01", "The date lies 8 days ahead, but the rules hold as soon as the worker reads them.")]
    [InlineData("points: 25", "points: 25\n    halfLife: 30d", "The half-life of 'industry' has no effect: its condition asks for nothing that happens at an instant.")]
    public void Warns_of_what_has_no_effect_or_another(string right, string wrong, string message) =>
        Assert.Equal(message, ReviewSamples.Review(ReviewSamples.Shipped(right, wrong)).Single(problem => problem.Severity == ProblemSeverity.Warning).Message);

    [Theory]
    [InlineData("{ not: { fact: engagement.emailOpen, op: seenWithin, within: 14d } }")]
    [InlineData("{ not: { op: inCoolOff } }")]
    public void Warns_of_a_request_that_whoever_does_nothing_meets(string condition)
    {
        var text = ReviewSamples.Shipped("        - { fact: engagement.meetingBooked, op: seenWithin, within: 14d }", $"        - {condition}");
        Assert.Contains(ReviewSamples.Review(text), problem => problem.Severity == ProblemSeverity.Warning
            && problem.Message == "'hand-raise' is met by a lead that has done nothing: each such lead passes as if it had asked for sales.");
    }

    [Fact]
    public void Finds_a_policy_that_an_earlier_one_leaves_nothing()
    {
        var text = ReviewSamples.Shipped("\nhandover:", """

            policies:
              - { id: nordic, when: { fact: company.country, op: in, value: [DK, SE, NO, FI, IS] } }
              - { id: danish, when: { fact: company.country, op: eq, value: Danmark } }
            handover:
            """);
        Assert.Contains(ReviewSamples.Review(text), problem => problem.Message == "The policy 'danish' judges no lead: 'nordic' claims each of them before.");
    }

    [Fact]
    public void Tells_signatures_to_this_content_from_others()
    {
        var hash = RuleSamples.Shipped.AgreementHash;
        string Signed(string first, string second) => RuleSamples.ShippedText.Replace("signed: []",
            $"signed:\n  - {{ by: Anne, department: Marketing, on: 2026-11-01, hash: {first} }}\n  - {{ by: Bo, department: Salg, on: 2026-11-01, hash: {second} }}", StringComparison.Ordinal);

        Assert.DoesNotContain(ReviewSamples.Review(Signed(hash, hash)), problem => problem.Message.Contains("signed", StringComparison.Ordinal));
        var problem = ReviewSamples.Review(Signed(hash, new string('0', 64))).Single(problem => problem.Severity == ProblemSeverity.Warning);
        Assert.Equal("Bo (Salg) signed other content and must sign again.", problem.Message);
        Assert.Contains(hash, problem.Repair, StringComparison.Ordinal);
    }
}
