using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>Fills an org with many plausible people. It writes past the usual way, without history, effects or events.</summary>
internal sealed class OrgGenerator(Org org)
{
    private static readonly string[] Trades =
        ["Machinery", "Technology", "Food & Beverage", "Metals", "Retail", "Banking", "Construction", "Electronics"];

    private static readonly string?[] Stages = ["Lead", "Lead", "Lead", null, null, "MQL", "SQL", "Customer"];

    public GenerateReply Run(GenerateRequest request, DateTimeOffset now)
    {
        var seed = request.Seed ?? org.Seed;
        var days = Enumerable.Range(0, Crowd.Days).Select(day => (object)SalesforceInstants.Second(now.AddDays(-day))).ToArray();
        OrgRow? account = null, first = null, last = null;
        var companies = 0;
        // A second call must not make the same addresses again.
        var (known, knownCompanies) = (org.Table("Lead").All.Count, org.Table("Account").All.Count);
        var company = default(CrowdCompany);
        for (var number = 0; number < request.Count; number++)
        {
            var draw = Crowd.Roll(seed, number);
            if (account is null || number % Crowd.CompanySize == 0)
            {
                company = Crowd.Company(draw, knownCompanies + companies++);
                account = Account(company, now);
            }

            last = Lead(Crowd.Person(draw, known + number, company.Domain), company, account, days, now);
            first ??= last;
            if (request.KeyPrefix is { } prefix)
            {
                org.Keys.Add(prefix + number.ToString(CultureInfo.InvariantCulture), last.Id);
            }
        }

        return new GenerateReply(request.Count, companies, first?.Id, last?.Id);
    }

    private OrgRow Account(CrowdCompany company, DateTimeOffset now) => org.Table("Account").Place(org.Automation.Id, now,
    [
        ("Name", company.Name), ("Website", company.Domain), ("Industry", Trades[company.Trade]), ("BillingCountry", company.Country),
        ("NumberOfEmployees", Employees(company)), ("OwnerId", org.Automation.Id),
    ]);

    private OrgRow Lead(CrowdPerson person, CrowdCompany company, OrgRow account, object[] days, DateTimeOffset now) => org.Table("Lead").Place(org.Automation.Id, now,
    [
        ("FirstName", person.First), ("LastName", person.Last), ("Name", person.First + " " + person.Last), ("Email", person.Email), ("Title", person.Title),
        ("Company", company.Name), ("Industry", Trades[company.Trade]), ("Country", company.Country), ("Website", company.Domain), ("NumberOfEmployees", Employees(company)),
        ("Status", "Open - Not Contacted"), ("OwnerId", org.Automation.Id), ("Matched_Account__c", account.Id), (LeadWords.Stage, Stages[person.Stage]),
        ("Page_Views__c", Number(person.PageViews)), ("Last_Visit__c", days[person.LastDay]), ("Email_Clicks__c", Number(person.Clicks)),
        ("IsConverted", false), ("IsUnreadByOwner", false), ("HasOptedOutOfEmail", false), ("DoNotCall", false),
    ]);

    private static long Employees(CrowdCompany company) => long.Parse(company.Employees, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
