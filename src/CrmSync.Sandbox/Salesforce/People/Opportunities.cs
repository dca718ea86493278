using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>Converting a lead, and winning or losing what comes of it: without an open opportunity it is made first.</summary>
internal static class Opportunities
{
    public static void Convert(OrgScene scene)
    {
        if (scene.Lead.Flag("IsConverted"))
        {
            throw new SandboxRequestException($"The lead '{scene.Act.Key}' is converted already.");
        }

        Conversion.Convert(scene.Org, scene.Lead, new ConversionPlan
        {
            WithoutOpportunity = scene.Act.Fields.GetValueOrDefault("opportunity") == "false",
            OpportunityName = scene.Act.Text,
            Amount = Amount(scene.Act),
        }, scene.Context);
    }

    public static void Close(OrgScene scene)
    {
        if (!scene.Lead.Flag("IsConverted"))
        {
            Convert(scene);
        }

        var opportunity = Open(scene) ?? New(scene);
        RowWriter.Update(scene.Org, opportunity, new Dictionary<string, object?>
        {
            ["StageName"] = scene.Act.Act == "win" ? "Closed Won" : "Closed Lost",
            ["CloseDate"] = DateOnly.FromDateTime(scene.Context.At.UtcDateTime),
            ["NextStep"] = scene.Act.Text ?? opportunity.Text("NextStep"),
        }, scene.Context);
    }

    private static OrgRow? Open(OrgScene scene) => scene.Org.Table("OpportunityContactRole").Of("ContactId", scene.Lead.Text("ConvertedContactId")!)
        .Select(role => scene.Org.Table("Opportunity").Find(role.Text("OpportunityId")!))
        .LastOrDefault(opportunity => opportunity is { IsDeleted: false } && !opportunity.Flag("IsClosed"));

    private static OrgRow New(OrgScene scene)
    {
        var (org, lead) = (scene.Org, scene.Lead);
        var opportunity = RowWriter.Create(org, "Opportunity", new Dictionary<string, object?>
        {
            ["Name"] = $"{lead.Text("Company")}-",
            ["StageName"] = "Prospecting",
            ["CloseDate"] = DateOnly.FromDateTime(scene.Context.At.UtcDateTime),
            ["AccountId"] = lead["ConvertedAccountId"],
            ["ContactId"] = lead["ConvertedContactId"],
            ["OwnerId"] = org.UserOf(lead.Text("OwnerId")!) is { } owner ? owner.Id : org.People.First().Id,
            ["Amount"] = Amount(scene.Act),
        }, scene.Context);
        RowWriter.Create(
            org, "OpportunityContactRole",
            new Dictionary<string, object?> { ["OpportunityId"] = opportunity.Id, ["ContactId"] = lead["ConvertedContactId"], ["IsPrimary"] = true }, scene.Context);
        return opportunity;
    }

    private static double Amount(ActRequest act) =>
        double.TryParse(act.Fields.GetValueOrDefault("amount"), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : 25_000;
}
