using System.Text;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Tests.Rules.LeadFiles;

public sealed class LeadJsonTests
{
    [Fact]
    public void Reads_every_type()
    {
        var lead = Read("""
            { "at": "2026-11-23T10:15:00+01:00", "facts": {
              "company.industry": "MACHINERY", "company.employees": 120, "consent.optedOut": false, "bant.need": "met", "bant.budget": "unknown",
              "person.buyingRole": ["DECISION_MAKER", "Other"], "person.country": null,
              "engagement.pageView": [ { "at": "2026-11-22", "count": 3, "detail": "Prices" }, "2026-11-20T08:00:00Z" ],
              "engagement.emailClick": { "total": 12, "lastAt": "2026-11-01" } } }
            """);
        Assert.Equal(RuleSamples.Judged, lead.At);
        Assert.Equal(("MACHINERY", 120m, false), (lead.Facts[WellKnownFacts.CompanyIndustry].Text, lead.Facts[WellKnownFacts.CompanyEmployees].Number, lead.Facts[WellKnownFacts.ConsentOptedOut].Flag));
        Assert.Equal((BantAnswer.Met, false, false), (lead.Facts[WellKnownFacts.BantNeed].Bant, lead.Facts[WellKnownFacts.BantBudget].IsKnown, lead.Facts[WellKnownFacts.PersonCountry].IsKnown));
        Assert.Equal(["DECISION_MAKER", "Other"], lead.Facts[WellKnownFacts.PersonBuyingRole].Choices);
        var views = lead.Facts["engagement.pageView"].Engagement;
        Assert.Equal([new(new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero)), new(new(2026, 11, 21, 23, 0, 0, TimeSpan.Zero), 3, "Prices")], views.Acts);
        Assert.Equal(DateTimeOffset.MinValue, views.CompleteSince);
        Assert.Equal((12L, null), (lead.Facts["engagement.emailClick"].Engagement.Total, lead.Facts["engagement.emailClick"].Engagement.CompleteSince));
    }

    [Fact]
    public void Reads_the_flat_form_too_and_derives_the_domain()
    {
        var lead = Read("""{ "at": "2026-11-23", "person.email": "Mette@Jensen.dk" }""");
        Assert.Equal(("Jensen.dk", new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero)), (lead.Facts[WellKnownFacts.PersonEmailDomain].Text, lead.At));
    }

    [Fact]
    public void Takes_an_empty_list_for_never_and_nothing_for_unknown()
    {
        var lead = Read("""{ "engagement.pageView": [] }""");
        Assert.Equal(CriterionResult.NotMet, Result(lead, "website"));
        Assert.Equal(CriterionResult.Unknown, Result(lead, "webinar"));
    }

    [Theory]
    [InlineData("""{ "company.employes": 5 }""", "company.employes", "company.employees")]
    [InlineData("""{ "facts": { "company.employees": "120" } }""", "facts.company.employees", "number")]
    [InlineData("""{ "facts": {}, "company.employees": 120 }""", "company.employees", "'facts'")]
    [InlineData("""{ "facts": [] }""", "facts", "object")]
    [InlineData("""[]""", "lead.json", "object")]
    [InlineData("""{ "company.employees": 1e400 }""", "company.employees", "larger")]
    [InlineData("""{ "company.name": 9007199254740993 }""", "company.name", "text")]
    [InlineData("""{ "consent.optedOut": "no" }""", "consent.optedOut", "true or false")]
    [InlineData("""{ "bant.need": "maybe" }""", "bant.need", "notMet")]
    [InlineData("""{ "at": "yesterday" }""", "at", "2026-11-23")]
    [InlineData("""{ "at": "0001-01-01" }""", "at", "1900")]
    [InlineData("""{ "company.name": "a", "company.name": "b" }""", "company.name", "twice")]
    [InlineData("""{ "company.name": "\ud800" }""", "company.name", "surrogate")]
    [InlineData("""{ "\ud800": 1 }""", "lead.json", "surrogate")]
    [InlineData("""{ "engagement.pageView": 3 }""", "engagement.pageView", "list of acts")]
    [InlineData("""{ "engagement.pageView": [ { "count": 3 } ] }""", "engagement.pageView[0]", "'at'")]
    [InlineData("""{ "engagement.pageView": [ { "at": "2026-11-20", "count": 0 } ] }""", "engagement.pageView[0].count", "whole number")]
    [InlineData("""{ "engagement.pageView": { "latestAt": "2026-11-20" } }""", "engagement.pageView.latestAt", "lastAt")]
    [InlineData("""{ "engagement.pageView": { "total": -1 } }""", "engagement.pageView.total", "whole number")]
    [InlineData("""{ "company.employees": NaN }""", "lead.json:1:", "not JSON")]
    [InlineData("""{ "company.employees": Infinity }""", "lead.json:1:", "not JSON")]
    [InlineData("", "lead.json", "not JSON")]
    public void Says_what_is_wrong_and_where(string json, string where, string what)
    {
        var problem = Assert.Single(Failure(Encoding.UTF8.GetBytes(json)).Problems);
        Assert.Contains(where, problem.Where, StringComparison.Ordinal);
        Assert.Contains(what, $"{problem.Message} {problem.Repair}", StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_all_that_is_wrong_at_once() =>
        Assert.Equal(3, Failure("""{ "at": 1, "company.employees": "x", "nothing": 0 }"""u8.ToArray()).Problems.Count);

    [Fact]
    public void Refuses_what_is_not_UTF8()
    {
        byte[] latin = [.. "{ \"company.name\": \"K"u8, 0xF8, .. "l\" }"u8];
        Assert.Contains("UTF-8", Failure(latin).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeats_no_value_in_an_error() =>
        Assert.DoesNotContain(Failure("""{ "person.name": {"x": "Mette Jensen"}, "consent.optedOut": "Mette Jensen" }"""u8.ToArray()).Problems, p => $"{p}".Contains("Mette", StringComparison.Ordinal));

    [Fact]
    public void Names_a_file_that_is_not_there()
    {
        var failure = Assert.Throws<LeadFileException>(() => LeadJson.Load("/nowhere.json", RuleSamples.Shipped.Catalogue, RuleSamples.Copenhagen));
        Assert.Equal(LeadFileFault.NotThere, failure.Fault);
    }

    private static CriterionResult Result(JsonLead lead, string criterion) =>
        RuleEngine.Evaluate(RuleSamples.Shipped, lead.Facts, new(RuleSamples.Judged)).Findings.Single(finding => finding.Criterion == criterion).Result;

    private static JsonLead Read(string json) => LeadJson.Read(Encoding.UTF8.GetBytes(json), "lead.json", RuleSamples.Shipped.Catalogue, RuleSamples.Copenhagen);

    private static LeadFileException Failure(byte[] json) =>
        Assert.Throws<LeadFileException>(() => LeadJson.Read(json, "lead.json", RuleSamples.Shipped.Catalogue, RuleSamples.Copenhagen));
}
