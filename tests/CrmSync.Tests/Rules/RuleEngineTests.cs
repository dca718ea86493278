using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Tests.Rules;

public sealed class RuleEngineTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData(19, CriterionResult.NotMet)]
    [InlineData(20, CriterionResult.Met)]
    [InlineData(1000, CriterionResult.Met)]
    [InlineData(1001, CriterionResult.NotMet)]
    public void Includes_both_bounds_of_a_range(int employees, CriterionResult expected) =>
        Assert.Equal(expected, Find(RuleSamples.Lead().Set(WellKnownFacts.CompanyEmployees, FactValue.Of((decimal?)employees)), "company-size").Result);

    [Theory]
    [InlineData("Danmark")]
    [InlineData("DK")]
    [InlineData("denmark")]
    [InlineData("SVERIGE")]
    public void Knows_a_country_by_its_names(string country) =>
        Assert.Equal(CriterionResult.Met, Find(RuleSamples.Lead().Set(WellKnownFacts.CompanyCountry, FactValue.Of(country)), "country").Result);

    [Theory]
    [InlineData("Produktionschef", CriterionResult.Met)]
    [InlineData("Head of Production", CriterionResult.Met)]
    [InlineData("Adm. direktør", CriterionResult.Met)]
    [InlineData("CEO & Founder", CriterionResult.Met)]
    [InlineData("INDKØBSCHEF", CriterionResult.Met)]
    [InlineData("Chefkonsulent", CriterionResult.NotMet)]
    [InlineData("Managerial accountant", CriterionResult.NotMet)]
    [InlineData("Account executive", CriterionResult.NotMet)]
    public void Finds_rank_in_a_title(string role, CriterionResult expected) =>
        Assert.Equal(expected, Find(RuleSamples.Lead().Set(WellKnownFacts.PersonRole, FactValue.Of(role)), "role").Result);

    [Fact]
    public void Takes_the_persons_country_where_the_companys_is_unknown()
    {
        var lead = RuleSamples.Lead().Set(WellKnownFacts.CompanyCountry, FactValue.Unknown).Set(WellKnownFacts.PersonCountry, FactValue.Of("Norge"));
        Assert.Equal(WellKnownFacts.PersonCountry, Find(lead, "country").Fact);
    }

    [Fact]
    public void Counts_an_act_on_the_edge_of_the_window_and_none_before()
    {
        var edge = RuleSamples.Judged.AddDays(-60);
        Assert.Equal(CriterionResult.Met, Find(RuleSamples.Lead().Did(EngagementKinds.WebinarAttended, new EngagementAct(edge)), "webinar").Result);
        Assert.Equal(CriterionResult.NotMet, Find(RuleSamples.Lead().Did(EngagementKinds.WebinarAttended, new EngagementAct(edge - Tick)), "webinar").Result);
    }

    [Fact]
    public void Asks_for_no_points_that_could_not_help()
    {
        // Nothing was done, so interest stays at 0 whatever the company turns out to be; whether sales was asked for is open.
        var lead = RuleSamples.Lead().Set(WellKnownFacts.CompanyIndustry, FactValue.Unknown).Set(WellKnownFacts.PersonRole, FactValue.Unknown)
            .Set("engagement.handRaise", FactValue.Unknown);
        var evaluation = RuleSamples.Judge(lead);
        Assert.Equal(Verdict.NotEnoughData, evaluation.Verdict);
        Assert.Equal(["engagement.handRaise"], evaluation.MissingFacts);
    }

    [Fact]
    public void Does_not_lose_points_by_an_old_act_beside_what_does_not_fade()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace(
            "when: { fact: engagement.webinarAttended, op: seenWithin, within: 60d }",
            "when: { any: [{ fact: engagement.webinarAttended, op: seenWithin, within: 90d }, { fact: person.phone, op: exists }] }"));
        var lead = RuleSamples.Lead().Set(WellKnownFacts.PersonPhone, FactValue.Of("12345678"));
        Assert.Equal(20, RuleSamples.Judge(lead, rules).InterestScore);
        Assert.Equal(20, RuleSamples.Judge(lead.Did(EngagementKinds.WebinarAttended, RuleSamples.On(9, 1)), rules).InterestScore);
    }

    [Fact]
    public void Looks_at_no_act_after_the_judgement() => Assert.Equal(CriterionResult.NotMet,
        Find(RuleSamples.Lead().Did(EngagementKinds.WebinarAttended, new EngagementAct(RuleSamples.Judged + Tick)), "webinar").Result);

    [Fact]
    public void Does_not_know_a_count_whose_record_begins_in_the_window()
    {
        var since = RuleSamples.Judged.AddDays(-5);
        var finding = Find(Views(new() { CompleteSince = since, Acts = [RuleSamples.On(11, 22)], LastAt = RuleSamples.On(11, 22).At }), "website");
        Assert.Equal((CriterionResult.Unknown, since), (finding.Result, finding.CountedSince));
    }

    [Fact]
    public void Knows_that_nothing_happened_if_the_last_act_is_older() =>
        Assert.Equal(CriterionResult.NotMet, Find(Views(new() { LastAt = RuleSamples.Judged.AddDays(-31), Total = 40 }), "website").Result);

    [Fact]
    public void Knows_that_a_small_lifetime_counter_cannot_reach_the_number() =>
        Assert.Equal(CriterionResult.NotMet, Find(Views(new() { LastAt = RuleSamples.Judged.AddDays(-1), Total = 2 }), "website").Result);

    [Fact]
    public void Asks_for_data_that_could_turn_the_verdict()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.PersonRole, FactValue.Unknown);
        var evaluation = RuleSamples.Judge(lead);
        Assert.Equal(Verdict.NotEnoughData, evaluation.Verdict);
        Assert.Equal([WellKnownFacts.CompanyEmployees, WellKnownFacts.PersonRole], evaluation.MissingFacts);
    }

    [Fact]
    public void Passes_a_hand_raise_without_points()
    {
        var lead = RuleSamples.Lead().Set(WellKnownFacts.CompanyIndustry, FactValue.Of("retail")).Set(WellKnownFacts.PersonRole, FactValue.Of("clerk"))
            .Set(WellKnownFacts.CompanyEmployees, FactValue.Of(5m)).Did(EngagementKinds.MeetingBooked, RuleSamples.On(11, 20));
        var evaluation = RuleSamples.Judge(lead);
        Assert.Equal((Verdict.Offer, true, "hand-raise"), (evaluation.Verdict, evaluation.HandRaise, evaluation.HungOn!.Criterion));
    }

    [Theory]
    [InlineData(WellKnownFacts.DealOpen, "customer-or-open-deal")]
    [InlineData(WellKnownFacts.DealWon, "customer-or-open-deal")]
    [InlineData(WellKnownFacts.ConsentOptedOut, "opted-out")]
    [InlineData("company.competitor", "competitor")]
    [InlineData("person.studentOrJobSeeker", "student-or-job-seeker")]
    public void Holds_back_what_a_blocker_names(string fact, string blocker)
    {
        var evaluation = RuleSamples.Judge(RuleSamples.Offered().Set(fact, FactValue.Of(true)));
        Assert.Equal((Verdict.MarketingQualified, GateResult.NoPass), (evaluation.Verdict, evaluation.Offer));
        Assert.Equal([blocker], evaluation.Blockers);
    }

    [Fact]
    public void Blocks_a_free_mail_address_without_a_company_only()
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.PersonEmailDomain, FactValue.Of("Hotmail.dk"));
        Assert.Empty(RuleSamples.Judge(lead).Blockers);
        Assert.Equal(["free-mail"], RuleSamples.Judge(lead.Set(WellKnownFacts.CompanyName, FactValue.Unknown)).Blockers);
    }

    [Fact]
    public void Offers_only_with_a_way_to_reach_them_and_no_bant_no()
    {
        Assert.Equal(GateResult.NotEnoughData, RuleSamples.Judge(RuleSamples.Offered().Set(WellKnownFacts.PersonEmail, FactValue.Unknown)).Offer);
        Assert.Equal(GateResult.NoPass, RuleSamples.Judge(RuleSamples.Offered().Set(WellKnownFacts.BantBudget, FactValue.Of(BantAnswer.NotMet))).Offer);
    }

    [Theory]
    [InlineData(BantAnswer.Met, BantAnswer.Met, GateResult.Pass)]
    [InlineData(BantAnswer.Met, BantAnswer.Unknown, GateResult.NotEnoughData)]
    [InlineData(BantAnswer.Unknown, BantAnswer.Met, GateResult.NotEnoughData)]
    [InlineData(BantAnswer.Met, BantAnswer.NotMet, GateResult.NoPass)]
    public void Qualifies_for_sales_after_acceptance(BantAnswer need, BantAnswer budget, GateResult expected)
    {
        var facts = RuleSamples.Offered().Set(WellKnownFacts.BantNeed, FactValue.Of(need)).Set(WellKnownFacts.BantBudget, FactValue.Of(budget)).Build();
        Assert.Equal(expected, RuleEngine.Evaluate(RuleSamples.Shipped, facts, new(RuleSamples.Judged, Accepted: true)).SalesQualified);
        Assert.Equal(GateResult.NoPass, RuleEngine.Evaluate(RuleSamples.Shipped, facts, new(RuleSamples.Judged)).SalesQualified);
    }

    [Fact]
    public void Keeps_a_cool_off_until_it_ends()
    {
        var pause = new CoolOffPeriod(RuleSamples.Judged.AddDays(-30), RuleSamples.Judged.AddDays(1));
        var during = Judge(RuleSamples.Offered(), pause, RuleSamples.Judged);
        Assert.Equal((Verdict.MarketingQualified, pause.Until), (during.Verdict, during.NextChangeAt));
        Assert.Equal(Verdict.Offer, Judge(RuleSamples.Offered(), pause, pause.Until!.Value).Verdict);
    }

    [Fact]
    public void Lifts_a_cool_off_for_a_newer_hand_raise_only()
    {
        var raised = RuleSamples.Lead().Did(EngagementKinds.HandRaise, RuleSamples.On(11, 20));
        DateTimeOffset before = new(2026, 11, 19, 0, 0, 0, TimeSpan.Zero), after = before.AddDays(2), until = before.AddDays(90);
        Assert.Equal(Verdict.Offer, Judge(raised, new(before, until), RuleSamples.Judged).Verdict);
        Assert.Equal(Verdict.MarketingQualified, Judge(raised, new(after, until), RuleSamples.Judged).Verdict);
        Assert.Equal(Verdict.MarketingQualified, Judge(raised, new(before, null), RuleSamples.Judged).Verdict);
    }

    private static Evaluation Judge(LeadFacts.Builder lead, CoolOffPeriod pause, DateTimeOffset at) =>
        RuleEngine.Evaluate(RuleSamples.Shipped, lead.Build(), new LeadContext(at, pause));

    private static LeadFacts.Builder Views(Engagement views) => RuleSamples.Lead().Set("engagement.pageView", FactValue.Of(views));

    private static Finding Find(LeadFacts.Builder lead, string criterion) =>
        RuleSamples.Judge(lead).Findings.Single(finding => finding.Criterion == criterion);
}
