using CrmSync.Leads.Backtests;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Backtests;

public sealed class VerdictDiffTests
{
    [Fact]
    public void Says_nothing_of_the_same_rules()
    {
        var report = Diff(RuleSamples.ShippedText, 1);
        Assert.Equal((1, 0), (report.Leads, report.Flipped));
        Assert.Equal(new VerdictMove(Verdict.Offer, Verdict.Offer, 1), Assert.Single(report.Moves));
        Assert.Empty(report.Flips);
    }

    [Fact]
    public void Names_the_threshold_that_flipped_a_verdict()
    {
        var flip = Assert.Single(Diff(RuleSamples.ShippedText.Replace("interest: 30,", "interest: 50,"), 1).Flips);
        Assert.Equal(("lead 0", Verdict.Offer, Verdict.NotReady), (flip.Lead, flip.From, flip.To));
        Assert.Equal(new FlipReason("gate", "mql.interest", "30", "50"), Assert.Single(flip.Reasons));
    }

    [Fact]
    public void Names_the_criterion_whose_points_or_answer_changed()
    {
        var flip = Assert.Single(Diff(RuleSamples.ShippedText.Replace("points: 20\n    text: { en: Attended", "points: 1\n    text: { en: Attended"), 1).Flips);
        Assert.Equal(new FlipReason("criterion", "webinar", "met (17)", "met (1)"), Assert.Single(flip.Reasons));
        Assert.Equal((44, 28), (flip.InterestFrom, flip.InterestTo));
    }

    [Fact]
    public void Names_the_criterion_that_is_gone()
    {
        const string webinar = """
              - id: webinar
                group: interest
                when: { fact: engagement.webinarAttended, op: seenWithin, within: 60d }
                points: 20
                text: { en: Attended webinar, da: Deltog i webinar }

            """;
        Assert.Contains(webinar, RuleSamples.ShippedText, StringComparison.Ordinal);
        var flip = Assert.Single(Diff(RuleSamples.ShippedText.Replace(webinar, ""), 1).Flips);
        Assert.Contains(new FlipReason("criterion", "webinar", "met (17)", null), flip.Reasons);
    }

    [Fact]
    public void Names_the_policy_that_took_over()
    {
        const string policies = "policies: [{ id: danes, when: { fact: company.country, op: in, value: [DK] }, gates: { mql: { fit: 90, interest: 30 } } }]\n";
        var flip = Assert.Single(Diff(RuleSamples.ShippedText + policies, 1).Flips);
        Assert.Contains(new FlipReason("policy", "policy", "default", "danes"), flip.Reasons);
        Assert.Contains(new FlipReason("gate", "mql.fit", "50", "90"), flip.Reasons);
    }

    [Fact]
    public void Counts_all_flips_and_shows_the_first()
    {
        var report = Diff(RuleSamples.ShippedText.Replace("interest: 30,", "interest: 50,"), 9, most: 3);
        Assert.Equal((9, 9), (report.Leads, report.Flipped));
        Assert.Equal(["lead 0", "lead 1", "lead 2"], report.Flips.Select(flip => flip.Lead));
    }

    private static VerdictDiffReport Diff(string after, int leads, int most = 20)
    {
        var rules = RuleSamples.Parse(after);
        var diff = new VerdictDiff(RuleSamples.Shipped, rules, most);
        for (var i = 0; i < leads; i++)
            diff.Add($"lead {i}", RuleSamples.Judge(RuleSamples.Offered()), RuleSamples.Judge(RuleSamples.Offered(), rules));
        return diff.Report();
    }
}
