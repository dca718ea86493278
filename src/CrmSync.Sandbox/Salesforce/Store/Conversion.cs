using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>What to make of a lead, and what to use instead of making it.</summary>
internal sealed record ConversionPlan
{
    public string ConvertedStatus { get; init; } = "Closed - Converted";
    public bool WithoutOpportunity { get; init; }
    public string? OpportunityName { get; init; }
    public string? AccountId { get; init; }
    public string? ContactId { get; init; }
    public string? OpportunityId { get; init; }
    public string? OwnerId { get; init; }
    public double? Amount { get; init; }
}

/// <summary>Turns a lead into an account, a contact and an opportunity, in this order; after that the lead is frozen.</summary>
internal static class Conversion
{
    private static readonly (string Lead, string Contact)[] Mapped =
    [
        ("FirstName", "FirstName"), ("LastName", "LastName"), ("Salutation", "Salutation"), ("Title", "Title"), ("Phone", "Phone"), ("MobilePhone", "MobilePhone"),
        ("Email", "Email"), ("LeadSource", "LeadSource"), ("Country", "MailingCountry"), ("City", "MailingCity"), ("HasOptedOutOfEmail", "HasOptedOutOfEmail"),
        ("DoNotCall", "DoNotCall"),
    ];

    public static void Convert(Org org, OrgRow lead, ConversionPlan plan, Transaction context)
    {
        var owner = plan.OwnerId ?? OwnerOf(org, lead);
        var account = plan.AccountId ?? lead.Text("Matched_Account__c") ?? NewAccount(org, lead, owner, context);
        var contact = plan.ContactId ?? NewContact(org, lead, owner, account, context);
        var opportunity = plan.WithoutOpportunity ? null : plan.OpportunityId ?? NewOpportunity(org, lead, plan, owner, account, contact, context);
        foreach (var member in org.Table("CampaignMember").Of("LeadId", lead.Id).ToList())
        {
            RowWriter.Update(org, member, new Dictionary<string, object?> { ["ContactId"] = contact }, context);
        }

        foreach (var type in new[] { "Task", "Event" })
        {
            foreach (var activity in org.Table(type).Of("WhoId", lead.Id).ToList())
            {
                RowWriter.Update(org, activity, new Dictionary<string, object?> { ["WhoId"] = contact, ["WhatId"] = opportunity ?? account }, context);
            }
        }

        RowWriter.Update(org, lead, new Dictionary<string, object?>
        {
            ["Status"] = plan.ConvertedStatus,
            ["IsConverted"] = true,
            ["ConvertedDate"] = DateOnly.FromDateTime(context.At.UtcDateTime),
            ["ConvertedAccountId"] = account,
            ["ConvertedContactId"] = contact,
            ["ConvertedOpportunityId"] = opportunity,
        }, context);
    }

    /// <summary>A queue cannot own what a lead becomes.</summary>
    private static string OwnerOf(Org org, OrgRow lead) =>
        lead.Text("OwnerId") is { } owner && org.UserOf(owner) is not null ? owner : org.People.First().Id;

    private static string NewAccount(Org org, OrgRow lead, string owner, Transaction context) => RowWriter.Create(org, "Account", Present(
        ("Name", lead["Company"]), ("Website", lead["Website"]), ("Industry", lead["Industry"]), ("NumberOfEmployees", lead["NumberOfEmployees"]),
        ("BillingCountry", lead["Country"]), ("OwnerId", owner)), context).Id;

    /// <summary>Custom fields are mapped to those of the same name.</summary>
    private static string NewContact(Org org, OrgRow lead, string owner, string account, Transaction context)
    {
        var contacts = org.Table("Contact").Schema;
        var custom = lead.Type.Fields.Where(field => org.Switches.OwnFieldsMapped && field.IsCustom && contacts.Find(field.Name) is not null).Select(field => (field.Name, lead[field]));
        return RowWriter.Create(org, "Contact", Present(
            [.. Mapped.Select(pair => (pair.Contact, lead[pair.Lead])), .. custom, ("OwnerId", owner), ("AccountId", account)]), context).Id;
    }

    private static string NewOpportunity(
        Org org, OrgRow lead, ConversionPlan plan, string owner, string account, string contact, Transaction context)
    {
        var opportunity = RowWriter.Create(org, "Opportunity", Present(
            ("Name", plan.OpportunityName ?? $"{lead.Text("Company")}-"), ("StageName", "Prospecting"),
            ("CloseDate", DateOnly.FromDateTime(context.At.UtcDateTime).AddMonths(3)),
            ("AccountId", account), ("ContactId", contact), ("OwnerId", owner), ("LeadSource", lead["LeadSource"]), ("Amount", plan.Amount)), context);
        RowWriter.Create(org, "OpportunityContactRole", Present(("OpportunityId", opportunity.Id), ("ContactId", contact), ("IsPrimary", true)), context);
        return opportunity.Id;
    }

    private static Dictionary<string, object?> Present(params IEnumerable<(string Field, object? Value)> values) =>
        values.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Field, pair => pair.Value);
}
