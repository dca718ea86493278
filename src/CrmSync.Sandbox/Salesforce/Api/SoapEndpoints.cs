using System.Xml.Linq;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Converting leads, which only SOAP can.</summary>
internal static class SoapEndpoints
{
    private static readonly XNamespace Space = "urn:partner.soap.sforce.com";

    public static RestReply Answer(RestCall call, XElement body)
    {
        if (body.Name.LocalName != "convertLead")
        {
            return Soap.Fault("INVALID_OPERATION", $"this sandbox does not know {body.Name.LocalName}");
        }

        return Soap.Answer(Space, "convertLead", body.Elements().Where(element => element.Name.LocalName == "leadConverts").Select(item => Convert(call, item)));
    }

    private static XElement Convert(RestCall call, XElement item)
    {
        try
        {
            var lead = call.Org.Table("Lead").Find(RecordId.Normalise(Soap.Value(item, "leadId")) ?? "")
                ?? throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
            Check(call, lead, Soap.Value(item, "convertedStatus"));
            Conversion.Convert(call.Org, lead, new ConversionPlan
            {
                ConvertedStatus = Soap.Value(item, "convertedStatus")!,
                WithoutOpportunity = Soap.Value(item, "doNotCreateOpportunity") == "true",
                OpportunityName = Soap.Value(item, "opportunityName"),
                AccountId = RecordId.Normalise(Soap.Value(item, "accountId")),
                ContactId = RecordId.Normalise(Soap.Value(item, "contactId")),
                OpportunityId = RecordId.Normalise(Soap.Value(item, "opportunityId")),
                OwnerId = RecordId.Normalise(Soap.Value(item, "ownerId")),
            }, call.Write);
            return Result(lead.Id, lead.Text("ConvertedAccountId"), lead.Text("ConvertedContactId"), lead.Text("ConvertedOpportunityId"), null);
        }
        catch (SalesforceRefusal refusal)
        {
            return Result(Soap.Value(item, "leadId"), null, null, null, refusal);
        }
    }

    private static void Check(RestCall call, OrgRow lead, string? status)
    {
        if (lead.IsDeleted)
        {
            throw SalesforceRefusal.Deleted();
        }

        if (lead.Flag("IsConverted"))
        {
            throw SalesforceRefusal.Row("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        }

        if (!call.Org.Table("LeadStatus").All.Any(row => row.Text("ApiName") == status && row.Flag("IsConverted")))
        {
            throw SalesforceRefusal.Row("INVALID_STATUS", "invalid convertedStatus: " + status);
        }
    }

    private static XElement Result(string? lead, string? account, string? contact, string? opportunity, SalesforceRefusal? refusal) => new(
        Space + "result",
        Id("accountId", account),
        Id("contactId", contact),
        refusal is null ? null : new XElement(Space + "errors", new XElement(Space + "message", refusal.Message), new XElement(Space + "statusCode", refusal.Code)),
        Id("leadId", lead),
        Id("opportunityId", opportunity),
        new XElement(Space + "success", refusal is null));

    private static XElement Id(string name, string? id) => id is null ? new XElement(Space + name, new XAttribute(Soap.Schema + "nil", true)) : new XElement(Space + name, id);
}
