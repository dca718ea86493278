using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>What there is: versions, resources, objects and their fields, limits.</summary>
internal static class DescribeEndpoints
{
    private const int Oldest = 31;
    private const int Newest = 68;
    private static readonly string[] Families = ["tooling", "query", "queryAll", "sobjects", "composite", "limits"];
    private static readonly string[] Seasons = ["Spring", "Summer", "Winter"];

    /// <summary>Needs no token and counts as no call.</summary>
    public static JsonArray Versions() => [.. Enumerable.Range(Oldest, Newest - Oldest + 1).Select(number => (JsonNode)new JsonObject
    {
        ["label"] = Label(number),
        ["url"] = $"/services/data/v{number}.0",
        ["version"] = $"{number}.0",
    })];

    /// <summary>The answer to a version that is not there, or not any more; null for a good one.</summary>
    public static SalesforceRefusal? Refuse(string version) => version switch
    {
        ['v', .. var text] when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number % 1 == 0 => number switch
        {
            < Oldest => new SalesforceRefusal(410, "GONE", $"The requested resource is no longer available: API version {text} is retired"),
            > Newest => SalesforceRefusal.NoResource(),
            _ => null,
        },
        _ => SalesforceRefusal.NoResource(),
    };

    public static RestReply Resources(RestCall call) => RestReply.Ok(new JsonObject(
        Families.Select(name => KeyValuePair.Create(name, (JsonNode?)call.Path(name)))));

    public static RestReply Limits(RestCall call)
    {
        static JsonObject Limit(int most, int left) => new() { ["Max"] = most, ["Remaining"] = left };
        var most = call.Org.Switches.DailyLimit;
        return RestReply.Ok(new JsonObject
        {
            ["DailyApiRequests"] = Limit(most, Math.Max(0, most - call.Meter.Used(call.Request.Now))),
            ["DailyBulkV2QueryJobs"] = Limit(10_000, 10_000),
            ["DailyDeliveredPlatformEvents"] = Limit(call.Org.Switches.DailyEvents, Math.Max(0, call.Org.Switches.DailyEvents - call.Meter.EventsUsed(call.Request.Now))),
        });
    }

    public static RestReply Objects(RestCall call) => RestReply.Ok(new JsonObject
    {
        ["encoding"] = "UTF-8",
        ["maxBatchSize"] = 200,
        ["sobjects"] = new JsonArray([.. call.Org.Schemas.Select(schema => (JsonNode)Head(call, schema))]),
    });

    public static RestReply Basics(RestCall call, string type) =>
        RestReply.Ok(new JsonObject { ["objectDescribe"] = Head(call, call.Table(type).Schema), ["recentItems"] = new JsonArray() });

    public static RestReply Describe(RestCall call, string type)
    {
        var schema = call.Table(type).Schema;
        var body = Head(call, schema);
        body["childRelationships"] = new JsonArray([.. ChildRelations.Of(schema).Select(child => (JsonNode)new JsonObject
        {
            ["childSObject"] = child.Child, ["field"] = child.Field, ["relationshipName"] = child.Name, ["cascadeDelete"] = false,
        })]);
        body["recordTypeInfos"] = new JsonArray();
        body["fields"] = new JsonArray([.. RowJson.Visible(call.Org, schema).Select(field => (JsonNode)Field(call.Org, schema, field))]);
        return RestReply.Ok(body);
    }

    private static JsonObject Head(RestCall call, SObjectSchema schema) => new()
    {
        ["name"] = schema.Name,
        ["label"] = schema.Label,
        ["labelPlural"] = schema.Label + "s",
        ["keyPrefix"] = schema.Prefix,
        ["custom"] = false,
        ["queryable"] = true,
        ["retrieveable"] = true,
        ["createable"] = !schema.IsReadOnly,
        ["updateable"] = !schema.IsReadOnly,
        ["deletable"] = !schema.IsReadOnly,
        ["replicateable"] = true,
        ["urls"] = new JsonObject
        {
            ["sobject"] = call.Path("sobjects/" + schema.Name),
            ["describe"] = call.Path($"sobjects/{schema.Name}/describe"),
            ["rowTemplate"] = call.Path($"sobjects/{schema.Name}/{{ID}}"),
        },
    };

    private static JsonObject Field(Org org, SObjectSchema schema, FieldDefinition field)
    {
        var mayChange = FieldAccess.MayChange(org, schema, field);
        return new JsonObject
        {
            ["name"] = field.Name,
            ["label"] = field.Label,
            ["type"] = field.Type,
            ["soapType"] = field.Type switch
            {
                "id" or "reference" => "tns:ID",
                "boolean" or "int" or "double" or "date" => "xsd:" + field.Type,
                "currency" => "xsd:double",
                "datetime" => "xsd:dateTime",
                "address" => "urn:address",
                _ => "xsd:string",
            },
            ["length"] = field.Length,
            ["createable"] = field.IsCreatable && mayChange,
            ["updateable"] = field.IsUpdateable && mayChange,
            ["nillable"] = field.IsNillable,
            ["defaultedOnCreate"] = field.IsDefaulted,
            ["filterable"] = field.IsFilterable,
            ["sortable"] = field.IsFilterable,
            ["custom"] = field.IsCustom,
            ["externalId"] = field.IsExternalId,
            ["idLookup"] = field.IsExternalId || field.Type == "id",
            ["unique"] = field.IsUnique,
            ["restrictedPicklist"] = field.Type == "picklist" && Picklists.IsRestricted(org, schema, field),
            ["relationshipName"] = field.RelationshipName,
            ["referenceTo"] = new JsonArray([.. field.ReferenceTo.Select(name => (JsonNode)name)]),
            ["picklistValues"] = new JsonArray([.. Picklists.Of(org, schema, field).Where(value => value.IsActive).Select(value => (JsonNode)new JsonObject
            {
                ["active"] = true, ["defaultValue"] = value.IsDefault, ["label"] = value.Label, ["validFor"] = null, ["value"] = value.Value,
            })]),
        };
    }

    /// <summary>Three releases a year; the winter one carries the next year's number.</summary>
    private static string Label(int number)
    {
        var (year, season) = Math.DivRem(number - 30, 3);
        return $"{Seasons[season]} '{14 + year + (season == 2 ? 1 : 0)}";
    }
}
