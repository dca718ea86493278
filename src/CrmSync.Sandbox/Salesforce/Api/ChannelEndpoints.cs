using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>How an admin's program selects an object for Change Data Capture.</summary>
internal static class ChannelEndpoints
{
    public static RestReply Create(RestCall call)
    {
        ToolingEndpoints.RequireRight(call);
        var metadata = call.Body["Metadata"] as JsonObject ?? throw SalesforceRefusal.Row("REQUIRED_FIELD_MISSING", "Required fields are missing: [Metadata]", "Metadata");
        if (SalesforceJson.Text(metadata["eventChannel"]) != ChangeSelection.Channel)
        {
            throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", "The event channel doesn't exist.", "EventChannel");
        }

        if (ChangeSelection.EntityOf(SalesforceJson.Text(metadata["selectedEntity"]) ?? "") is not { } entity)
        {
            throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", "The selected entity can't be used on a channel.", "SelectedEntity");
        }

        var chosen = ChangeSelection.Of(call.Org).ToList();
        if (chosen.Contains(entity))
        {
            throw SalesforceRefusal.Row("DUPLICATE_VALUE", "The selected entity is a member of the channel already.", "SelectedEntity");
        }

        if (chosen.Count == ChangeSelection.Most)
        {
            throw SalesforceRefusal.Row("LIMIT_EXCEEDED", $"You can select at most {ChangeSelection.Most} entities.", "SelectedEntity");
        }

        return RestReply.Created(new JsonObject
        {
            ["id"] = ChangeSelection.Add(call.Org, entity, call.Request.Now), ["success"] = true, ["errors"] = new JsonArray(), ["warnings"] = new JsonArray(), ["infos"] = new JsonArray(),
        });
    }
}
