using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;
using CsCheck;

namespace CrmSync.Tests.Handover;

public sealed class AssignmentTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly HashSet<string> Active = ["anna", "bo", "carl", "dorte", "boss"];

    private static readonly AssignmentSubject Lead = new(RuleSamples.Lead().Build(), new(RuleSamples.Judged));
    private readonly LastTurns _turns = new();

    [Theory]
    [InlineData("anna", "bo", "carl", "anna", AssignmentReason.LeadOwner)]
    [InlineData(null, "bo", "carl", "bo", AssignmentReason.CompanyOwner)]
    [InlineData(null, null, "carl", "carl", AssignmentReason.OpenOffer)]
    [InlineData(null, null, null, "dorte", AssignmentReason.Turn)]
    [InlineData("gone", "bo", "carl", "bo", AssignmentReason.CompanyOwner)]
    [InlineData("gone", "left", "carl", "carl", AssignmentReason.OpenOffer)]
    [InlineData("gone", "left", "away", "dorte", AssignmentReason.Turn)]
    public void Goes_to_the_first_owner_who_is_there(string? lead, string? company, string? offer, string owner, AssignmentReason reason)
    {
        var subject = Lead with { OwnerId = lead, CompanyOwnerId = company, OpenOfferOwnerId = offer };
        var assignment = Choose(new() { Rules = [Everyone("dorte")], Fallback = ["boss"] }, subject);
        Assert.Equal((owner, reason, null), (assignment.OwnerId, assignment.Reason, assignment.InsteadOf));
    }

    [Fact]
    public void Asks_no_owner_where_the_file_says_turns() =>
        Assert.Equal("dorte", Choose(new() { ToOwner = false, Rules = [Everyone("dorte")] }, Lead with { OwnerId = "anna" }).OwnerId);

    [Fact]
    public void Goes_to_the_first_fallback_who_is_there_and_else_to_nobody()
    {
        Assert.Equal(("boss", AssignmentReason.Fallback), Of(Choose(new() { Rules = [Everyone("gone")], Fallback = ["left", "boss", "anna"] })));
        Assert.Equal((null, AssignmentReason.Nobody), Of(Choose(new() { Rules = [Everyone("gone")], Fallback = ["left"] })));
    }

    [Fact]
    public void Takes_the_first_rule_that_fits_and_has_somebody_there()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace("assign: { to: owner }", """
            assign:
              rules:
                - { id: germany, when: { fact: company.country, op: eq, value: DE }, people: [anna] }
                - { id: large, when: { fact: company.employees, op: atLeast, value: 500 }, people: [bo] }
                - { id: nordic, when: { fact: company.country, op: in, value: [DK, SE] }, people: [gone] }
                - { id: machinery, when: { fact: company.industry, op: eq, value: machinery }, people: [carl] }
              people: [dorte]
            """)).Assign;
        Assert.Equal("carl", Choose(rules).OwnerId);
        Assert.Equal("bo", Choose(rules, Of(lead => lead.Set(WellKnownFacts.CompanyEmployees, FactValue.Of(600)))).OwnerId);
        Assert.Equal("anna", Choose(rules, Of(lead => lead.Set(WellKnownFacts.CompanyCountry, FactValue.Of("Tyskland")))).OwnerId);
        Assert.Equal("dorte", Choose(rules, Of(lead => lead.Set(WellKnownFacts.CompanyIndustry, FactValue.Of("farming")))).OwnerId);
    }

    [Fact]
    public void Goes_round_and_on_after_a_restart()
    {
        var settings = new AssignSettings { Rules = [Everyone("anna", "bo", "carl")] };
        Assert.Equal("anna bo carl anna", string.Join(' ', Served(settings, 4)));
        var restarted = new LastTurns { [AssignRule.Everyone] = _turns.LastOf(AssignRule.Everyone)! };
        Assert.Equal("bo", Assignment.Choose(settings, Lead, Staff(settings), restarted).OwnerId);
    }

    [Fact]
    public void Goes_on_where_it_was_when_people_come_and_go()
    {
        Assert.Equal("anna bo", string.Join(' ', Served(new() { Rules = [Everyone("anna", "bo", "carl")] }, 2)));
        Assert.Equal("dorte carl anna", string.Join(' ', Served(new() { Rules = [Everyone("anna", "bo", "dorte", "carl")] }, 3)));
        Assert.Equal("bo carl", string.Join(' ', Served(new() { Rules = [Everyone("bo", "carl")] }, 2)));
    }

    [Fact]
    public void Gives_everybody_the_same_number_give_or_take_one() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 40]).Sample((people, offers) =>
        {
            _turns.Clear();
            var served = Served(new() { Rules = [Everyone([.. Active.Take(people)])] }, offers).GroupBy(owner => owner).Select(same => same.Count()).ToList();
            return served.Max() - (served.Count < people ? 0 : served.Min()) <= 1;
        }, iter: 200, threads: 1);

    [Fact]
    public void Gives_the_turn_of_who_is_away_to_the_substitute_and_keeps_the_order()
    {
        var settings = new AssignSettings { Rules = [Everyone("anna", "bo", "carl")], Absences = [new("bo", Today, Today, "dorte")] };
        Assert.Equal("anna dorte carl anna", string.Join(' ', Served(settings, 4)));
        var instead = Choose(settings);
        Assert.Equal(("dorte", "bo", "bo"), (instead.OwnerId, instead.InsteadOf, instead.Turn?.Person));
    }

    [Theory]
    [InlineData(-5, -1, "anna")] // was away
    [InlineData(-5, 0, "bo")] // the last day counts
    [InlineData(0, 5, "bo")] // and the first
    [InlineData(1, 5, "anna")]
    [InlineData(-5, null, "bo")] // until further notice
    public void Sends_to_the_substitute_while_the_owner_is_away(int from, int? until, string owner)
    {
        var absence = new Absence("anna", Today.AddDays(from), until is { } days ? Today.AddDays(days) : null, "bo");
        Assert.Equal(owner, Choose(new() { Absences = [absence] }, Lead with { OwnerId = "anna" }).OwnerId);
    }

    [Fact]
    public void Follows_substitutes_and_ends_where_they_circle()
    {
        Absence[] chain = [new("anna", Today, null, "bo"), new("bo", Today, null, "carl")];
        Assert.Equal("carl", Choose(new() { Absences = chain }, Lead with { OwnerId = "anna" }).OwnerId);
        Absence[] circle = [.. chain, new("carl", Today, null, "anna")];
        Assert.Equal(AssignmentReason.Fallback, Choose(new() { Absences = circle, Fallback = ["boss"] }, Lead with { OwnerId = "anna" }).Reason);
    }

    [Fact]
    public void Sends_on_what_belongs_to_somebody_who_left_and_has_a_substitute() =>
        Assert.Equal("bo", Choose(new() { Absences = [new("gone", Today.AddYears(-1), null, "bo")] }, Lead with { OwnerId = "gone" }).OwnerId);

    [Fact]
    public void Takes_everybody_as_there_where_the_CRM_does_not_tell() =>
        Assert.Equal("gone", Assignment.Choose(new(), Lead with { OwnerId = "gone" }, new(null, [], Today), _turns).OwnerId);

    private static AssignRule Everyone(params string[] people) => new(AssignRule.Everyone, null, people);

    private static AssignmentSubject Of(Action<LeadFacts.Builder> change)
    {
        var lead = RuleSamples.Lead();
        change(lead);
        return Lead with { Facts = lead.Build() };
    }

    private static (string?, AssignmentReason) Of(Assignment assignment) => (assignment.OwnerId, assignment.Reason);

    private static Staff Staff(AssignSettings settings) => new(Active, settings.Absences, Today);

    private Assignment Choose(AssignSettings settings, AssignmentSubject? subject = null)
    {
        var assignment = Assignment.Choose(settings, subject ?? Lead, Staff(settings), _turns);
        if (assignment.Turn is { } turn)
            _turns[turn.Rule] = turn.Person;
        return assignment;
    }

    private List<string?> Served(AssignSettings settings, int offers) => [.. Enumerable.Range(0, offers).Select(_ => Choose(settings).OwnerId)];

    private sealed class LastTurns : Dictionary<string, string>, ITurns
    {
        public string? LastOf(string rule) => this.GetValueOrDefault(rule);
    }
}
