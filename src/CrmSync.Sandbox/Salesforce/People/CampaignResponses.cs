using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>
/// What a visit, a form or a click leaves in the org: forms and webinars are responses to a campaign, the rest is counted by fields that a marketing tool fills.
/// </summary>
internal static class CampaignResponses
{
    private const int LongestCampaign = 80;

    /// <summary>Writes one engagement of a lead, or of the contact that it became, under the instant at which it happened.</summary>
    public static void Apply(Org org, OrgRow person, EngagementSpec engagement, DateTimeOffset at, Transaction context)
    {
        var count = engagement.Count ?? 1;
        switch (engagement.Kind)
        {
            case "webinarAttended":
                Respond(org, person, engagement.Title ?? EngagementWords.Webinar, "Webinar", "Attended", at, context);
                break;
            case "pageView":
                Count(org, person, "Page_Views__c", "Last_Visit__c", count, at, context);
                break;
            case "emailClick":
                Count(org, person, "Email_Clicks__c", "Last_Email_Click__c", count, at, context);
                break;
            case "emailOpen":
                Count(org, person, "Email_Opens__c", "Last_Email_Open__c", count, at, context);
                break;
            case "socialClick":
                Count(org, person, "Social_Clicks__c", "Last_Social_Click__c", count, at, context);
                break;
            case "meetingBooked":
                Meet(org, person, at, context);
                break;
            default:
                Respond(org, person, EngagementWords.FormOf(engagement)!, "Form", "Responded", at, context);
                break;
        }
    }

    /// <summary>A person is a member of a campaign once; answering again only moves the date of the last response.</summary>
    private static void Respond(Org org, OrgRow person, string title, string type, string status, DateTimeOffset at, Transaction context)
    {
        var campaign = Campaign(org, title[..Math.Min(LongestCampaign, title.Length)], type, context);
        var link = person.Type.Name + "Id";
        var values = new Dictionary<string, object?> { ["Status"] = status, ["Last_Response__c"] = SalesforceInstants.Second(at) };
        if (org.Table("CampaignMember").Of(link, person.Id).FirstOrDefault(member => member.Text("CampaignId") == campaign) is { } known)
        {
            RowWriter.Update(org, known, values, context);
            return;
        }

        (values["CampaignId"], values[link]) = (campaign, person.Id);
        RowWriter.Create(org, "CampaignMember", values, new Transaction(context.Actor, context.At) { CreatedAt = at, Effects = context.Effects });
    }

    private static string Campaign(Org org, string name, string type, Transaction context) =>
        org.Table("Campaign").All.FirstOrDefault(campaign => !campaign.IsDeleted && campaign.Text("Name") == name && campaign.Text("Type") == type)?.Id
        ?? RowWriter.Create(org, "Campaign", new Dictionary<string, object?> { ["Name"] = name, ["Type"] = type, ["Status"] = "In Progress", ["IsActive"] = true },
            context).Id;

    private static void Count(Org org, OrgRow person, string counter, string last, int count, DateTimeOffset at, Transaction context) =>
        RowWriter.Update(org, person, new Dictionary<string, object?>
        {
            [counter] = (person[counter] as double? ?? 0) + count,
            [last] = SalesforceInstants.Second(at),
        }, context);

    private static void Meet(Org org, OrgRow person, DateTimeOffset at, Transaction context)
    {
        RowWriter.Create(org, "Event", new Dictionary<string, object?>
        {
            ["WhoId"] = person.Id,
            ["Subject"] = "Meeting booked",
            ["StartDateTime"] = SalesforceInstants.Second(at.AddDays(1)),
            ["DurationInMinutes"] = 30L,
        }, new Transaction(context.Actor, context.At) { CreatedAt = at, Effects = context.Effects });
        RowWriter.Update(org, person, new Dictionary<string, object?> { ["Last_Meeting_Booked__c"] = SalesforceInstants.Second(at) }, context);
    }
}
