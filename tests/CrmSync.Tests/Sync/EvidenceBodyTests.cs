using System.Globalization;
using System.Text.Json;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;
using CrmSync.Worker.Sync;
using CsCheck;

namespace CrmSync.Tests.Sync;

/// <summary>What a judgement stands on, as bytes.</summary>
public sealed class EvidenceBodyTests
{
    private static readonly DateTimeOffset Now = RuleSamples.Judged;

    [Theory]
    [InlineData("da-DK")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void Has_the_same_bytes_under_any_culture(string culture)
    {
        var facts = RuleSamples.Offered().Set(WellKnownFacts.CompanyEmployees, FactValue.Of(1234.5m)).Build();
        var (before, expected) = (CultureInfo.CurrentCulture, Row(facts));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Row(facts));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Has_the_same_bytes_for_equal_numbers()
    {
        var (five, fiveAndNothing) = (WithEmployees(5m), WithEmployees(5.000m));
        Assert.Equal(EvidenceBody.FactsOf(RuleSamples.Shipped, five, Now), EvidenceBody.FactsOf(RuleSamples.Shipped, fiveAndNothing, Now));
    }

    [Fact]
    public void Keeps_only_facts_that_a_rule_names()
    {
        var kept = Names(RuleSamples.Offered().Set(WellKnownFacts.PersonName, FactValue.Of("Mette Jensen")).Build());
        Assert.All(kept, name => Assert.Contains(name, RuleSamples.Shipped.FactsNamed));
        Assert.DoesNotContain(WellKnownFacts.PersonName, kept);
        Assert.Contains(WellKnownFacts.CompanyIndustry, kept);
        Assert.Equal(kept.Order(StringComparer.Ordinal), kept);
    }

    [Fact]
    public void Leaves_out_what_is_unknown() =>
        Assert.Empty(Names(new LeadFacts.Builder(RuleSamples.Shipped.Catalogue).Build()));

    [Theory]
    [InlineData(-400, 1)]
    [InlineData(-401, 0)]
    public void Keeps_acts_of_four_hundred_days(int days, int kept)
    {
        var facts = RuleSamples.Lead().Did(EngagementKinds.PageView, new EngagementAct(Now.AddDays(days))).Build();
        var body = JsonDocument.Parse(EvidenceBody.FactsOf(RuleSamples.Shipped, facts, Now)).RootElement;
        Assert.Equal(kept, body.GetProperty("engagement.pageView").GetProperty("acts").GetArrayLength());
    }

    [Fact]
    public void Stays_the_same_while_time_passes() =>
        Assert.Equal(EvidenceBody.FactsOf(RuleSamples.Shipped, RuleSamples.Offered().Build(), Now), EvidenceBody.FactsOf(RuleSamples.Shipped, RuleSamples.Offered().Build(), Now.AddDays(30)));

    [Fact]
    public void Hides_the_person_behind_the_salt()
    {
        var body = EvidenceBody.FactsOf(RuleSamples.Shipped, RuleSamples.Offered().Build(), Now);
        Assert.NotEqual(EvidenceBody.Hash("salt-1", body), EvidenceBody.Hash("salt-2", body));
        Assert.Matches("^[0-9a-f]{64}$", EvidenceBody.Hash("salt-1", body));
    }

    [Fact]
    public void Survives_any_text_and_stays_json() => Gen.String.Sample(text =>
    {
        var facts = RuleSamples.Lead().Set(WellKnownFacts.CompanyIndustry, FactValue.Of(text)).Build();
        var body = EvidenceBody.FactsOf(RuleSamples.Shipped, facts, Now);
        Assert.Equal(body, EvidenceBody.FactsOf(RuleSamples.Shipped, facts, Now));
        JsonDocument.Parse(body).Dispose();
    });

    private static LeadFacts WithEmployees(decimal number) => RuleSamples.Lead().Set(WellKnownFacts.CompanyEmployees, FactValue.Of(number)).Build();

    private static string[] Names(LeadFacts facts) =>
        [.. JsonDocument.Parse(EvidenceBody.FactsOf(RuleSamples.Shipped, facts, Now)).RootElement.EnumerateObject().Select(p => p.Name)];

    private static string Row(LeadFacts facts)
    {
        var evaluation = RuleEngine.Evaluate(RuleSamples.Shipped, facts, new LeadContext(Now));
        var body = EvidenceBody.FactsOf(RuleSamples.Shipped, facts, Now);
        return EvidenceBody.Row(Storage.Some.Lead("a"), "salt", body, evaluation, new(Now, Handover.Some.Answer("accept"), "calendar", "mapping")).ToString();
    }
}
