using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Fills an account with many plausible people. It writes past the usual way, without effects or webhooks.</summary>
internal sealed class CompanyGenerator(PipedriveCompany company)
{
    private static readonly string[] Trades = ["Machinery", "Software", "Food production", "Metals", "Retail", "Banking", "Construction", "Electronics"];
    private static readonly string?[] Stages = ["Lead", "Lead", "Lead", null, null, "MQL", "SQL", "Customer"];

    private readonly FieldDefinition? lifecycle = ProductFields.Find(company.Fields.Custom(EntityKind.Deal), CompanyFurniture.Lifecycle);
    private readonly string[] counters = [.. new[] { "Page views", "Email clicks", "Last visit" }.Select(name => ProductFields.Find(company.Fields.Custom(EntityKind.Person), name)!.Code)];

    public GenerateReply Run(GenerateRequest request, DateTimeOffset now)
    {
        var seed = request.Seed ?? company.Seed;
        var days = Enumerable.Range(0, Crowd.Days).Select(day => PipedriveTimes.Seconds(now.AddDays(-day))).ToArray();
        Item? organization = null, first = null, last = null;
        var companies = 0;
        // A second call must not make the same addresses again.
        var (known, knownCompanies) = (company.Table(EntityKind.Person).All.Count, company.Table(EntityKind.Organization).All.Count);
        var firm = default(CrowdCompany);
        for (var number = 0; number < request.Count; number++)
        {
            var draw = Crowd.Roll(seed, number);
            if (organization is null || number % Crowd.CompanySize == 0)
            {
                firm = Crowd.Company(draw, knownCompanies + companies++);
                organization = Organization(firm, now);
            }

            last = Lead(Crowd.Person(draw, known + number, firm.Domain), firm, organization, days, now);
            first ??= last;
            if (request.KeyPrefix is { } prefix)
            {
                company.Keys.Add(prefix + number.ToString(CultureInfo.InvariantCulture), last.Id);
            }
        }

        return new GenerateReply(request.Count, companies, first?.Id, last?.Id);
    }

    private Item Organization(CrowdCompany firm, DateTimeOffset now) => Place(EntityKind.Organization, now, null,
        ("name", firm.Name), ("website", firm.Domain), ("employee_count", long.Parse(firm.Employees, CultureInfo.InvariantCulture)),
        ("industry", company.Fields.OptionOf(EntityKind.Organization, "industry", Trades[firm.Trade], now)), ("address", FieldValues.Address(firm.Country)));

    private Item Lead(CrowdPerson person, CrowdCompany firm, Item organization, string[] days, DateTimeOffset now)
    {
        var name = $"{person.First} {person.Last}";
        var made = Place(EntityKind.Person, now, null,
            ("name", name), ("first_name", person.First), ("last_name", person.Last), ("emails", FieldValues.Contacts(person.Email)), ("job_title", person.Title),
            ("org_id", organization.Number), ("postal_address", organization["address"]),
            (counters[0], double.Parse(person.PageViews, CultureInfo.InvariantCulture)), (counters[1], double.Parse(person.Clicks, CultureInfo.InvariantCulture)),
            (counters[2], days[person.LastDay]));
        return Place(EntityKind.Lead, now, company.NextLeadId(),
            ("title", name), ("person_id", made.Number), ("organization_id", organization.Number),
            (lifecycle?.Code ?? "", Stages[person.Stage] is { } stage ? lifecycle?.Options.FirstOrDefault(option => option.Label == stage)?.Id : null));
    }

    private Item Place(EntityKind kind, DateTimeOffset now, string? id, params ReadOnlySpan<(string Field, object? Value)> values)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (field, value) in values)
        {
            if (value is not null)
            {
                all[field] = value;
            }
        }

        var item = company.Table(kind).Make(kind == EntityKind.Lead ? now : PipedriveTimes.Whole(now), id);
        ItemDefaults.Fill(company, kind, all, new CompanyWrite(CompanyActor.Import(company.Automation), now));
        item.Fill(all);
        company.Table(kind).Link(item);
        return item;
    }
}
