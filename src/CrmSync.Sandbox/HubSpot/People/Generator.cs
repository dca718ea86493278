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
    private const int ContactsPerCompany = 5;

    private static readonly string[] ContactNames =
        ["country", "email", "firstname", "hs_analytics_last_timestamp", "hs_analytics_num_page_views", "hs_email_click", "jobtitle", "lastname", "lifecyclestage"];

    private static readonly string[] CompanyNames = ["country", "domain", "industry", "lifecyclestage", "name", "numberofemployees"];
    private static readonly string[] FirstNames =
    [
        "Anna", "Bo", "Clara", "David", "Emma", "Frederik", "Grete", "Hans", "Ida", "Jonas", "Karen", "Lars", "Mette", "Niels", "Oda", "Per",
    ];

    private static readonly string[] LastNames =
    [
        "Andersen", "Berg", "Christensen", "Dahl", "Eriksen", "Friis", "Gram", "Holm", "Iversen", "Jensen", "Krogh", "Lund", "Møller", "Nielsen",
        "Olsen", "Skov",
    ];

    private static readonly string[] Titles =
    [
        "Production manager", "Head of operations", "Owner", "Software developer", "Marketing manager", "Student", "CFO", "Buyer", "Director",
        "Consultant",
    ];

    private static readonly string[] Countries = ["Denmark", "Sweden", "Norway", "Germany", "Finland", "France", "United States", "Iceland"];
    private static readonly string[] Trades =
    [
        "MACHINERY", "COMPUTER_SOFTWARE", "FOOD_PRODUCTION", "MINING_METALS", "RETAIL", "BANKING", "CONSTRUCTION",
        "ELECTRICAL_ELECTRONIC_MANUFACTURING",
    ];

    private static readonly string[] Stages =
    [
        "lead", "lead", "lead", "subscriber", "subscriber", "marketingqualifiedlead", "salesqualifiedlead", "customer",
    ];

    private static readonly string[] Numbers = [.. Enumerable.Range(0, 64).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    private static readonly int[] PrimaryAndPlain = [1, 279];
    private static readonly int[] PrimaryAndPlainBack = [2, 280];

    public GenerateReply Run(GenerateRequest request, DateTimeOffset now)
    {
        var seed = request.Seed ?? portal.Seed;
        var days = Enumerable.Range(0, 64).Select(day => Instants.Format(now.AddDays(-day))).ToArray();
        HubSpotRecord? company = null, first = null, last = null;
        var companies = 0;
        // A second call must not make the same addresses again.
        var (known, knownCompanies) = (portal.Table(ObjectType.Contact).All.Count, portal.Table(ObjectType.Company).All.Count);
        for (var number = 0; number < request.Count; number++)
        {
            var draw = KeyedRandom.Mix(((ulong)(uint)seed << 32) ^ (uint)number);
            if (company is null || number % ContactsPerCompany == 0)
            {
                company = Add(ObjectType.Company, ValueBag.Shared(CompanyNames, Company(draw, knownCompanies + companies++)), now);
                company.Links = new List<Link>(ContactsPerCompany);
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
        var domain = $"company{number}.example";
        return [Pick(Countries, draw, 4), domain, Pick(Trades, draw, 8), "lead", $"Company {number}", Numbers[1 + (int)((draw >> 12) % 63)] + "0"];
    }

    private static string[] Contact(ulong draw, int number, HubSpotRecord company, string[] days)
    {
        var first = Pick(FirstNames, draw, 16);
        return
        [
            company.State.Values.Get("country")!, $"{first.ToLowerInvariant()}{number}@{company.State.Values.Get("domain")}", first, Pick(days, draw, 20),
            Pick(Numbers, draw, 26), Numbers[(int)((draw >> 32) % 6)], Pick(Titles, draw, 36), Pick(LastNames, draw, 40), Pick(Stages, draw, 44),
        ];
    }

    private static string Pick(string[] choices, ulong draw, int shift) => choices[(int)((draw >> shift) % (ulong)choices.Length)];
}
