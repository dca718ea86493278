using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>
/// Fills an account with many plausible people. It writes past the usual way, without history, effects or webhooks, and lets records share whatever is the same
/// in them, so that a million of them fit beside the program under test.
/// </summary>
internal sealed class Generator(Portal portal, LeadKeys keys)
{
    private static readonly string[] ContactNames =
        ["country", "email", "firstname", "hs_analytics_last_timestamp", "hs_analytics_num_page_views", "hs_email_click", "jobtitle", "lastname", "lifecyclestage"];

    private static readonly string[] CompanyNames = ["country", "domain", "industry", "lifecyclestage", "name", "numberofemployees"];
    private static readonly string[] Trades =
    [
        "MACHINERY", "COMPUTER_SOFTWARE", "FOOD_PRODUCTION", "MINING_METALS", "RETAIL", "BANKING", "CONSTRUCTION",
        "ELECTRICAL_ELECTRONIC_MANUFACTURING",
    ];

    private static readonly string[] Stages =
    [
        "lead", "lead", "lead", "subscriber", "subscriber", "marketingqualifiedlead", "salesqualifiedlead", "customer",
    ];

    private static readonly int[] PrimaryAndPlain = [1, 279];
    private static readonly int[] PrimaryAndPlainBack = [2, 280];

    public GenerateReply Run(GenerateRequest request, DateTimeOffset now)
    {
        var seed = request.Seed ?? portal.Seed;
        var days = Enumerable.Range(0, Crowd.Days).Select(day => Instants.Format(now.AddDays(-day))).ToArray();
        HubSpotRecord? company = null, first = null, last = null;
        var companies = 0;
        // A second call must not make the same addresses again.
        var (known, knownCompanies) = (portal.Table(ObjectType.Contact).All.Count, portal.Table(ObjectType.Company).All.Count);
        for (var number = 0; number < request.Count; number++)
        {
            var draw = Crowd.Roll(seed, number);
            if (company is null || number % Crowd.CompanySize == 0)
            {
                company = Add(ObjectType.Company, ValueBag.Shared(CompanyNames, Company(draw, knownCompanies + companies++)), now);
                company.Links = new List<Link>(Crowd.CompanySize);
            }

            last = Add(ObjectType.Contact, ValueBag.Shared(ContactNames, Contact(draw, known + number, company, days)), now);
            last.Links = new List<Link>(1) { new(ObjectType.Company, company.Id, PrimaryAndPlain) };
            company.Links!.Add(new Link(ObjectType.Contact, last.Id, PrimaryAndPlainBack));
            portal.Table(ObjectType.Contact).Index("email", null, last.State.Values.Get("email"), last);
            first ??= last;
            if (request.KeyPrefix is { } prefix)
            {
                keys.Add(prefix + number.ToString(CultureInfo.InvariantCulture), last);
            }
        }

        return new GenerateReply(request.Count, companies, first?.IdText, last?.IdText);
    }

    private HubSpotRecord Add(ObjectType type, ValueBag values, DateTimeOffset now)
    {
        var record = new HubSpotRecord(type, portal.Table(type).TakeId(), now.UtcTicks, ChangeSource.Import, new RecordState(values, now.UtcTicks, 0, now.UtcTicks));
        portal.Table(type).Add(record);
        return record;
    }

    private static string[] Company(ulong draw, int number)
    {
        var company = Crowd.Company(draw, number);
        return [company.Country, company.Domain, Trades[company.Trade], "lead", company.Name, company.Employees];
    }

    private static string[] Contact(ulong draw, int number, HubSpotRecord company, string[] days)
    {
        var person = Crowd.Person(draw, number, company.State.Values.Get("domain")!);
        return
        [
            company.State.Values.Get("country")!, person.Email, person.First, days[person.LastDay], person.PageViews, person.Clicks, person.Title, person.Last,
            Stages[person.Stage],
        ];
    }
}
