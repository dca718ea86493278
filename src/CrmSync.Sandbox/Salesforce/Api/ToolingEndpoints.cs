using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>How an admin's program makes and changes fields.</summary>
internal static partial class ToolingEndpoints
{
    public static RestReply Create(RestCall call)
    {
        var id = Create(call, SalesforceJson.Text(call.Body["FullName"]) ?? "", Metadata(call));
        return RestReply.Created(new JsonObject { ["id"] = id, ["success"] = true, ["errors"] = new JsonArray(), ["warnings"] = new JsonArray(),
            ["infos"] = new JsonArray() });
    }

    /// <summary>Makes a field and answers the id of its definition.</summary>
    public static string Create(RestCall call, string fullName, JsonObject metadata)
    {
        RequireRight(call);
        var match = FullName().Match(fullName);
        if (!match.Success)
        {
            throw SalesforceRefusal.Row("FIELD_INTEGRITY_EXCEPTION", $"Invalid fullName: {fullName}", "FullName");
        }

        var owners = CustomFields.Owners(call.Org, match.Groups[1].Value);
        if (owners.Count == 0)
        {
            throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", $"no CustomObject named {match.Groups[1].Value} found", "FullName");
        }

        if (owners[0].Find(match.Groups[2].Value) is not null)
        {
            throw SalesforceRefusal.Row("DUPLICATE_DEVELOPER_NAME", $"There is already a field named {match.Groups[2].Value[..^3]} on {match.Groups[1].Value}.",
                "DeveloperName");
        }

        var owner = owners.Count > 1 ? "Activity" : owners[0].Name;
        return CustomFields.Add(call.Org, owner, FieldMetadata.Read(match.Groups[2].Value, metadata), call.Request.Now);
    }

    public static RestReply Read(RestCall call, string id)
    {
        var (schema, field) = Find(call, id)[0];
        return RestReply.Ok(new JsonObject
        {
            ["attributes"] = new JsonObject { ["type"] = "CustomField", ["url"] = call.Path("tooling/sobjects/CustomField/" + field.DurableId) },
            ["Id"] = field.DurableId,
            ["DeveloperName"] = field.Name[..^3],
            ["TableEnumOrId"] = schema.Name,
            ["FullName"] = $"{schema.Name}.{field.Name}",
            ["Metadata"] = FieldMetadata.Write(field),
        });
    }

    /// <summary>The definition is replaced as a whole; picklist values that are left out go away.</summary>
    public static RestReply Update(RestCall call, string id)
    {
        RequireRight(call);
        foreach (var (schema, field) in Find(call, id))
        {
            Replace(schema, field, Metadata(call));
        }

        return RestReply.NoContent;
    }

    public static void Replace(SObjectSchema schema, FieldDefinition field, JsonObject metadata)
    {
        var complete = FieldMetadata.Write(field);
        foreach (var (name, value) in metadata)
        {
            complete[name] = value?.DeepClone();
        }

        complete["visibleLines"] ??= 3;
        complete["precision"] ??= 18;
        complete["scale"] ??= 0;
        schema.Replace(FieldMetadata.Read(field.Name, complete) with { Index = field.Index, DurableId = field.DurableId, NeedsGrant = field.NeedsGrant });
    }

    public static void RequireRight(RestCall call)
    {
        if (!call.Org.Switches.MayCustomize)
        {
            throw new SalesforceRefusal(403, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id: customize application is required");
        }
    }

    private static JsonObject Metadata(RestCall call) => call.Body["Metadata"] as JsonObject
        ?? throw SalesforceRefusal.Row("REQUIRED_FIELD_MISSING", "Required fields are missing: [Metadata]", "Metadata");

    private static IReadOnlyList<(SObjectSchema Schema, FieldDefinition Field)> Find(RestCall call, string id) =>
        CustomFields.Find(call.Org, RecordId.Normalise(id) ?? "") is { Count: > 0 } found ? found : throw SalesforceRefusal.NoResource();

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9_]*)\\.([A-Za-z](?:[A-Za-z0-9]|_(?!_))*[A-Za-z0-9]__c|[A-Za-z]__c)$")]
    private static partial Regex FullName();
}
