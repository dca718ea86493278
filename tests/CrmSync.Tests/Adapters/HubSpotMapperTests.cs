using System.Runtime.CompilerServices;
using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Values;
using CrmSync.Leads;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

public sealed class HubSpotMapperTests
{
    private readonly CrmLead _full = Map("contact-full.json");

    [Fact]
    public void Reads_stage_fields_owner_and_instants()
    {
        Assert.Equal((LifecycleStage.MarketingQualified, "marketingqualifiedlead", "9"), (_full.Stage, _full.StageValue, _full.OwnerId));
        Assert.Equal(new DateTimeOffset(2026, 1, 4, 10, 0, 0, 6, TimeSpan.Zero), _full.StageSince);
        Assert.Equal(new DateTimeOffset(2025, 11, 2, 9, 12, 17, TimeSpan.Zero), _full.CreatedAt);
        Assert.Equal(["crmsync_decision", "crmsync_handover", "crmsync_marker"], _full.Fields.Keys.Order());
        Assert.Equal(["77", "78", "79"], _full.FormerIds);
        Assert.Equal([("78", DateTimeOffset.FromUnixTimeMilliseconds(1735689600000)), ("79", DateTimeOffset.FromUnixTimeMilliseconds(1735689600001))], _full.FormerSince.Select(f => (f.Key, f.Value)).Order());
    }

    [Fact]
    public void Reads_the_person()
    {
        Assert.Equal("Maja Holm", Fact("person.name").Text);
        Assert.Equal("nordpump.dk", Fact("person.emailDomain").Text);
        Assert.Equal("+45 20 30 40 50", Fact("person.phone").Text);
        Assert.Equal(["DECISION_MAKER", "BUDGET_HOLDER"], Fact("person.buyingRole").Choices);
        Assert.False(Fact("consent.optedOut").Flag);
    }

    [Fact]
    public void Takes_company_numbers_from_the_company_alone()
    {
        Assert.False(Fact("company.employees").IsKnown);
        Assert.False(Fact("company.industry").IsKnown);

        var lead = Map("contact-full.json", company: """{"id":"5","properties":{"numberofemployees":"2.4E2","industry":"MACHINERY"}}""");

        Assert.Equal(240, lead.Facts!["company.employees"].Number);
        Assert.Equal("MACHINERY", lead.Facts["company.industry"].Text);
    }

    [Fact]
    public void Reads_bant_in_two_languages_and_never_guesses()
    {
        Assert.Equal([BantAnswer.Met, BantAnswer.Unknown, BantAnswer.NotMet, BantAnswer.Unknown],
            new[] { "budget", "authority", "need", "timeline" }.Select(b => Fact($"bant.{b}").Bant));
    }

    [Fact]
    public void Counts_are_totals_with_the_last_instant()
    {
        var views = Act("pageView")!;

        Assert.Equal((10L, new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero), null), (views.Total, views.LastAt, views.CompleteSince));
        Assert.Equal(2, Act("socialClick")!.Total);
    }

    [Fact]
    public void A_counter_that_is_empty_never_happened_and_one_that_is_garbage_is_unknown()
    {
        Assert.Equal((0L, DateTimeOffset.MinValue), (Act("emailClick")!.Total, Act("emailClick")!.CompleteSince));
        Assert.Null(Act("emailOpen"));
    }

    [Fact]
    public void A_property_that_the_account_lacks_is_unknown() => Assert.Null(Act("webinarAttended"));

    [Fact]
    public void A_meeting_is_complete_since_the_latest() => Assert.Equal(Act("meetingBooked")!.LastAt, Act("meetingBooked")!.CompleteSince);

    [Fact]
    public void Without_history_forms_are_complete_since_the_latest_one()
    {
        Assert.Equal(new DateTimeOffset(2025, 12, 1, 8, 0, 0, TimeSpan.Zero), Assert.Single(Act("handRaise")!.Acts).At);
        Assert.Equal(new DateTimeOffset(2026, 1, 3, 8, 0, 0, TimeSpan.Zero), Act("handRaise")!.CompleteSince);
        Assert.Null(Act("adForm")!.Total);
    }

    [Fact]
    public void With_history_forms_are_complete_since_the_oldest_known()
    {
        var facts = Map("contact-history.json").Facts!;

        Assert.Equal(2, facts["engagement.handRaise"].Engagement.Acts.Count); // the quote form was sent twice
        Assert.Single(facts["engagement.contentDownload"].Engagement.Acts);
        Assert.Equal(new DateTimeOffset(2025, 12, 24, 8, 0, 0, TimeSpan.Zero), facts["engagement.adForm"].Engagement.CompleteSince); // one of four is not known
    }

    [Fact]
    public void With_history_it_is_known_of_each_merge_when_that_was() =>
        Assert.Equal([("77", new DateTimeOffset(2026, 1, 4, 9, 0, 0, TimeSpan.Zero)), ("78", new DateTimeOffset(2026, 1, 6, 9, 0, 0, TimeSpan.Zero))], Map("contact-history.json").FormerSince.Select(f => (f.Key, f.Value)).Order());

    [Fact]
    public void History_is_oldest_first_with_who_did_it()
    {
        var lead = Map("contact-history.json");

        Assert.Equal(["lead", "marketingqualifiedlead", null, "salesqualifiedlead"], lead.StageHistory!.Select(c => c.Value));
        Assert.Equal([ChangeActorKind.Unknown, ChangeActorKind.Integration, ChangeActorKind.Workflow, ChangeActorKind.Person], lead.StageHistory!.Select(c => c.Actor.Kind));
        Assert.Equal("28604240", lead.StageHistory![^1].Actor.Id);
        Assert.Equal("7", Assert.Single(lead.AnswerHistory!).Actor.Id);
    }

    [Fact]
    public void Custom_facts_come_from_their_mapping()
    {
        var mapping = new CrmMapping
        {
            Facts = new Dictionary<string, string> { ["custom.score"] = "score", ["person.role"] = "company:name" },
            Values = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["custom.score"] = new Dictionary<string, string> { ["12.5"] = "13" } },
        };
        var catalogue = FactCatalogue.BuiltIn.With([new("custom.score", FactType.Number, false), new("custom.flag", FactType.Flag, false)]);

        var facts = Map("contact-full.json", mapping, catalogue, """{"id":"5","properties":{"name":"Nordpump"}}""").Facts!;

        Assert.Equal(13, facts["custom.score"].Number);
        Assert.Equal("Nordpump", facts["person.role"].Text);
        Assert.False(facts["custom.flag"].IsKnown);
    }

    [Theory]
    [InlineData("Book a demo", "handRaise")]
    [InlineData("Kontakt os", "handRaise")]
    [InlineData("Priser | Få et tilbud", "handRaise")]
    [InlineData("Enterprise guide", "contentDownload")]
    [InlineData("Demographics whitepaper", "contentDownload")]
    [InlineData("Hent vores e-bog", "contentDownload")]
    [InlineData("LinkedIn ad: Ask for the price list", "adForm")]
    [InlineData("Facebook Lead Ads: Spring", "adForm")]
    [InlineData("Newsletter", null)]
    public void Knows_forms_by_their_name(string name, string? kind) => Assert.Equal(kind, FormKinds.Of(name, []));

    [Fact]
    public void The_accounts_own_words_for_forms_go_first() =>
        Assert.Equal("webinarAttended", FormKinds.Of("Book a DEMO", [new("demo", "webinarAttended")]));

    private FactValue Fact(string name) => _full.Facts![name];

    private Engagement? Act(string kind) => Fact($"engagement.{kind}") is { IsKnown: true } fact ? fact.Engagement : null;

    private static CrmLead Map(string file, CrmMapping? mapping = null, FactCatalogue? catalogue = null, string? company = null)
    {
        mapping ??= new();
        var options = new HubSpotOptions(HubSpotHarness.Connection);
        var names = new HubSpotPropertyNames(mapping, options);
        var stages = HubSpotStages.Resolve(HubSpotHarness.Connection, JsonSerializer.Deserialize<HubSpotProperty>(HubSpotHarness.Lifecycle, CrmJson.Options)!).Map;
        var contact = JsonSerializer.Deserialize<HubSpotObject>(File.ReadAllText(PathOf(file)), CrmJson.Options)!;
        var companies = new Dictionary<string, IReadOnlyList<HubSpotObject>>();
        if (company is not null)
            companies[contact.Id!] = [JsonSerializer.Deserialize<HubSpotObject>(company, CrmJson.Options)!];
        return new HubSpotMapper("main", new HubSpotFacts(mapping, options, names))
            .Map(contact, new(companies, null), ReadDepth.History, catalogue ?? FactCatalogue.BuiltIn, stages).Lead!;
    }

    private static string PathOf(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Files", file);
}
