using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>Opens an org with the rows that it has before anybody works in it: itself, its users, stages, statuses and fields.</summary>
internal static class OrgFurniture
{
    private static readonly (string Name, double Probability, string Forecast, bool IsClosed, bool IsWon)[] Stages =
    [
        ("Prospecting", 10, "Pipeline", false, false), ("Qualification", 10, "Pipeline", false, false), ("Needs Analysis", 20, "Pipeline", false, false),
        ("Value Proposition", 50, "Pipeline", false, false), ("Id. Decision Makers", 60, "Pipeline", false, false),
        ("Perception Analysis", 70, "Pipeline", false, false), ("Proposal/Price Quote", 75, "Pipeline", false, false),
        ("Negotiation/Review", 90, "Pipeline", false, false), ("Closed Won", 100, "Closed", true, true), ("Closed Lost", 0, "Omitted", true, false),
    ];

    private static readonly (string Name, bool IsConverted)[] Statuses =
        [("Open - Not Contacted", false), ("Working - Contacted", false), ("Closed - Converted", true), ("Closed - Not Converted", false)];
    private static readonly string[] People = ["rep1", "rep2", "rep3", "marketing"];

    public static Org Open(int number, int seed, SalesforceSwitches switches, DateTimeOffset now)
    {
        var org = new Org(number, seed, switches, now);
        Row(org, "Organization", now, [("Name", $"Org {number + 1}"), ("OrganizationType", "Enterprise Edition"), ("InstanceName", "SBX1"), ("IsSandbox", true)], org.Id);
        var order = 0L;
        foreach (var stage in Stages)
        {
            Row(org, "OpportunityStage", now,
            [
                ("ApiName", stage.Name), ("MasterLabel", stage.Name), ("IsActive", true), ("IsClosed", stage.IsClosed), ("IsWon", stage.IsWon),
                ("DefaultProbability", stage.Probability), ("ForecastCategoryName", stage.Forecast), ("SortOrder", ++order),
            ]);
        }

        // The numbers of the order have gaps, as they do where statuses were removed.
        foreach (var (name, isConverted) in Statuses)
        {
            Row(org, "LeadStatus", now,
                [("ApiName", name), ("MasterLabel", name), ("IsConverted", isConverted), ("IsDefault", order == Stages.Length), ("SortOrder", order += 2)]);
        }

        foreach (var key in People)
        {
            org.User(key, now);
        }

        foreach (var entity in switches.ChangeEntities)
        {
            ChangeSelection.Add(org, entity, now);
        }

        CustomFields.Register(org, now);
        return org;
    }

    private static void Row(Org org, string type, DateTimeOffset now, IEnumerable<(string Field, object? Value)> values, string? id = null) =>
        org.Table(type).Place(org.Automation.Id, now, values, id);
}
