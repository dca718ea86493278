using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;
using CrmSync.Leads.Texts;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>What acts that are not on record can be: no more than the counter leaves, and no newer than the record allows.</summary>
public sealed class UnknownActsTests
{
    private static readonly Gen<LeadFacts> Partly = Gen.Select(LeadGen.Lead, LeadGen.Acts, Gen.Int[0, 70], Gen.Int[-1, 70], Gen.Int[-1, 12]).Select((lead, views, since, last, total) =>
        lead.With("engagement.pageView", FactValue.Of(new Engagement
        {
            Acts = [.. views.Where(act => act.At >= RuleSamples.Judged.AddDays(-since))], CompleteSince = RuleSamples.Judged.AddDays(-since),
            LastAt = last < 0 ? null : RuleSamples.Judged.AddDays(-last), Total = total < 0 ? null : total,
        })));

    [Fact]
    public void Says_no_where_every_unknown_act_is_too_old_for_its_points()
    {
        var lead = OldViews();
        var best = lead.Did(EngagementKinds.PageView, new EngagementAct(RuleSamples.Judged.AddDays(-26), 12));
        Assert.Equal((Verdict.NotReady, 27), (RuleSamples.Judge(best).Verdict, RuleSamples.Judge(best).InterestScore));
        Assert.Equal(Verdict.NotReady, RuleSamples.Judge(OldViews()).Verdict);
    }

    [Fact]
    public void Tells_what_unknown_acts_are_still_worth() =>
        Assert.Contains("? Page views: counted since 29 Oct (worth 8, would not change the answer)", WhyText.NotYet(RuleSamples.Shipped, RuleSamples.Judge(OldViews()), RuleSamples.Copenhagen, "en"));

    [Fact]
    public void Counts_what_cannot_be_ruled_out_where_it_is_fresh_enough() => Assert.Equal(Verdict.NotEnoughData, RuleSamples.Judge(OldViews(EngagementKinds.PageView, 10)).Verdict);

    [Fact]
    public void Leaves_no_doubt_by_acts_that_are_known_to_lie_before_the_window()
    {
        var lead = RuleSamples.Lead().Set("engagement.pageView", FactValue.Of(new Engagement
        {
            Total = 4, Acts = [RuleSamples.On(9, 1, count: 4)], CompleteSince = RuleSamples.Judged.AddDays(-10),
        }));
        Assert.Equal(CriterionResult.NotMet, RuleSamples.Judge(lead).Findings.Single(finding => finding.Criterion == "website").Result);
    }

    [Fact]
    public void Counts_more_acts_than_a_short_number_holds()
    {
        var lead = RuleSamples.NotYet().Did(EngagementKinds.PageView, [.. Enumerable.Repeat(RuleSamples.On(11, 22, count: 1_000_000), 9_999)]);
        Assert.Contains("+ 9999000000 page views in 30 days", WhyText.NotYet(RuleSamples.Shipped, RuleSamples.Judge(lead), RuleSamples.Copenhagen, "en"));
    }

    [Fact]
    public void Judges_as_it_evaluates_and_until_the_next_change() => Gen.Select(Partly, Gen.Double[0, 1]).Sample((lead, share) =>
    {
        var now = RuleEngine.Evaluate(RuleSamples.Shipped, lead, new(RuleSamples.Judged));
        var next = now.NextChangeAt ?? RuleSamples.Judged.AddDays(400);
        return RuleEngine.Judge(RuleSamples.Shipped, lead, new(RuleSamples.Judged)) == now.Verdict
            && RuleEngine.Judge(RuleSamples.Shipped, lead, new(RuleSamples.Before(next, share))) == now.Verdict
            && (now.NextChangeAt is null || RuleEngine.Judge(RuleSamples.Shipped, lead, new(next)) != now.Verdict);
    }, iter: 1_000);

    [Fact]
    public void Fades_by_the_latest_part_that_can_still_be_found()
    {
        var catalogue = RuleSamples.Shipped.Catalogue;
        Condition Seen(string kind) => new CountWithin([catalogue.SlotOf("engagement." + kind)], 1, TimeSpan.FromDays(60));
        FactValue Since(int days) => FactValue.Of(new Engagement { CompleteSince = RuleSamples.Judged.AddDays(-days) });
        int Worth(Condition when, FactValue views, FactValue clicks) => RuleEngine.Evaluate(
            Rulebook.Of([new("a", CriterionGroup.Interest, when, 16, new("a", "a"), 30)], new() { Interest = 20 }),
            new LeadFacts.Builder(catalogue).Set("engagement.pageView", views).Set("engagement.emailClick", clicks).Build(), new(RuleSamples.Judged)).Findings[0].Worth;

        Assert.Equal(8, Worth(AtLeastOf.Any([Seen("pageView"), Seen("emailClick")]), Since(30), Since(50)));
        Assert.Equal(16, Worth(AtLeastOf.Any([Seen("pageView"), new FlagIs([catalogue.SlotOf("deal.open")], true)]), Since(30), Since(50)));
        Assert.Equal(8, Worth(AtLeastOf.All([Seen("pageView"), new FlagIs([catalogue.SlotOf("deal.open")], true)]), Since(30), Since(50)));
        Assert.Equal(16, Worth(AtLeastOf.All([Seen("pageView"), Seen("emailClick")]), Since(30), RuleSamples.Acts(new EngagementAct(RuleSamples.Judged))));
        Assert.Equal(16, Worth(AtLeastOf.All([Seen("pageView"), Seen("emailClick")]), Since(30), FactValue.Unknown));
    }

    // Connected 25 days ago: since then no page was viewed, and the latest of twelve views was the day before.
    private static LeadFacts.Builder OldViews(string kind = EngagementKinds.PageView, int since = 25) => RuleSamples.Lead()
        .Did(EngagementKinds.ContentDownload, RuleSamples.On(11, 15)).Did(EngagementKinds.EmailClick, RuleSamples.On(11, 10, count: 2))
        .Set(WellKnownFacts.EngagementPrefix + kind, FactValue.Of(new Engagement
        {
            Total = 12, CompleteSince = RuleSamples.Judged.AddDays(-since), LastAt = RuleSamples.Judged.AddDays(-since - 1),
        }));
}
