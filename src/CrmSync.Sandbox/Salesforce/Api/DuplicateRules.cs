using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>What an admin's duplicate rule says to a lead whose address another one has.</summary>
internal static class DuplicateRules
{
    public static void Check(RestCall call, SObjectSchema schema, Dictionary<string, object?> values, OrgRow? writer)
    {
        var rule = call.Org.Switches.DuplicateRule;
        if (rule.Length == 0 || schema.Name != "Lead" || values.GetValueOrDefault("Email") is not string address || (rule == "alert" && call.SavesDuplicates))
        {
            return;
        }

        var twin = call.Org.Table("Lead").All.FirstOrDefault(lead =>
            lead != writer && !lead.IsPurged && !lead.IsDeleted && string.Equals(lead.Text("Email"), address, StringComparison.OrdinalIgnoreCase));
        if (twin is not null)
        {
            throw new SalesforceRefusal(400, "DUPLICATES_DETECTED", "Use one of these records?", []) { Duplicates = Describe(call, rule, twin) };
        }
    }

    private static JsonObject Describe(RestCall call, string rule, OrgRow twin) => new()
    {
        ["allowSave"] = rule == "alert",
        ["duplicateRule"] = "Standard_Lead_Duplicate_Rule",
        ["duplicateRuleEntityType"] = "Lead",
        ["errorMessage"] = "Use one of these records?",
        ["matchResults"] = new JsonArray(new JsonObject
        {
            ["entityType"] = "Lead",
            ["errors"] = new JsonArray(),
            ["matchEngine"] = "ExactMatchEngine",
            ["matchRecords"] = new JsonArray(new JsonObject
            {
                ["additionalInformation"] = new JsonArray(),
                ["fieldDiffs"] = new JsonArray(),
                ["matchConfidence"] = 100.0,
                ["record"] = new JsonObject { ["attributes"] = RowJson.Attributes(twin.Type, call.Version, twin.Id), ["Id"] = twin.Id },
            }),
            ["rule"] = "Standard_Lead_Match_Rule_v1_0",
            ["size"] = 1,
            ["success"] = true,
        }),
    };
}
