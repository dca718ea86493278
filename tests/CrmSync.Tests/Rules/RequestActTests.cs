using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>When a lead asked for sales: the latest act by which a request is met, whatever else meets it too.</summary>
public sealed class RequestActTests
{
    private const string Booked = "        - { fact: engagement.meetingBooked, op: seenWithin, within: 14d }";
    private static readonly FactCatalogue Catalogue = RuleSamples.Shipped.Catalogue;
    private static readonly string[] Kinds = [EngagementKinds.HandRaise, EngagementKinds.MeetingBooked, EngagementKinds.AdForm];
    private static readonly RuleSet Flagged = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Booked, $"{Booked}\n        - {{ fact: company.competitor, op: eq, value: false }}"));

    private static readonly Gen<Condition> Part = Gen.Frequency<Condition>(
        (3, Gen.Select(Gen.Int[0, 2], Gen.Int[1, 2], Gen.Int[5, 40]).Select(Condition (kind, needed, days) => new CountWithin([SlotOf(Kinds[kind])], needed, TimeSpan.FromDays(days)))),
        (1, Gen.Bool.Select(Condition (phone) => new FactExists([Catalogue.SlotOf(phone ? WellKnownFacts.PersonPhone : WellKnownFacts.CompanyName)]))));

    private static readonly Gen<Condition> Request = Gen.Select(Part.Array[1, 3], Part.Array[1, 3], Gen.Int[1, 3], Gen.Int[1, 2]).Select(Condition (inner, outer, needed, all) =>
        new AtLeastOf(Math.Min(all, outer.Length + 1), [.. outer, new AtLeastOf(Math.Min(needed, inner.Length), inner)]));

    [Fact]
    public void Counts_a_request_beside_what_has_no_date()
    {
        var asked = RuleSamples.On(11, 22);
        var lead = RuleSamples.Lead().Set("company.competitor", FactValue.Of(false)).Did(EngagementKinds.HandRaise, asked);
        var pause = new CoolOffPeriod(asked.At.AddDays(-10), asked.At.AddDays(80));
        var evaluation = RuleEngine.Evaluate(Flagged, lead.Build(), new(RuleSamples.Judged, pause));
        Assert.Equal((Verdict.Offer, asked.At), (evaluation.Verdict, evaluation.HandRaisedAt));
    }

    [Fact]
    public void Has_no_instant_where_no_act_asked()
    {
        var evaluation = RuleSamples.Judge(RuleSamples.Lead().Set("company.competitor", FactValue.Of(false)), Flagged);
        Assert.Equal((true, null), (evaluation.HandRaise, evaluation.HandRaisedAt));
    }

    [Fact]
    public void Takes_no_act_under_a_not_for_a_request()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(Booked, "        - { not: { fact: engagement.pageView, op: countWithin, value: 5, within: 30d } }"));
        Assert.Null(RuleSamples.Judge(RuleSamples.Lead().Did(EngagementKinds.PageView, RuleSamples.On(11, 22)), rules).HandRaisedAt);
    }

    [Fact]
    public void Loses_no_request_by_more_evidence() => Gen.Select(Request, LeadGen.Acts, LeadGen.Acts, LeadGen.Acts, Gen.Int[0, 60 * 24], Gen.Int[0, 4]).Sample((request, raised, booked, filled, hours, more) =>
    {
        var (rules, lead) = (With(request), new LeadFacts.Builder(Catalogue).Did(Kinds[0], raised).Did(Kinds[1], booked).Did(Kinds[2], filled).Build());
        var added = more < 3 ? Add(lead, Kinds[more], hours) : lead.With(more == 3 ? WellKnownFacts.PersonPhone : WellKnownFacts.CompanyName, FactValue.Of("x"));
        var pause = new CoolOffPeriod(RuleSamples.Judged.AddDays(-20), RuleSamples.Judged.AddDays(20));
        var (before, after) = (RuleEngine.Evaluate(rules, lead, new(RuleSamples.Judged)).HandRaisedAt, RuleEngine.Evaluate(rules, added, new(RuleSamples.Judged)).HandRaisedAt);
        return (before is null || after >= before)
            && RuleEngine.Judge(rules, added, new(RuleSamples.Judged, pause)) >= RuleEngine.Judge(rules, lead, new(RuleSamples.Judged, pause));
    }, iter: 5_000);

    private static int SlotOf(string kind) => Catalogue.SlotOf(WellKnownFacts.EngagementPrefix + kind);

    private static LeadFacts Add(LeadFacts lead, string kind, int hours) => lead.With(WellKnownFacts.EngagementPrefix + kind,
        RuleSamples.Acts([.. lead[SlotOf(kind)].Engagement.Acts.Append(new(RuleSamples.Judged.AddHours(-hours))).OrderBy(act => act.At)]));

    private static RuleSet With(Condition request)
    {
        Criterion[] criteria = [new("asked", CriterionGroup.Interest, request, 40, new("a", "a")) { HandRaise = true }, new("pause", CriterionGroup.Blocker, new InCoolOff(), 0, new("b", "b"))];
        return Rulebook.Of(criteria, new() { Interest = 50, OrHandRaise = true });
    }
}
