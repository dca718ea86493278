using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>One place of an event: a field, or a compound one with its parts.</summary>
internal sealed record EventField(string Name, FieldDefinition? Field, IReadOnlyList<FieldDefinition> Parts);

/// <summary>How the changes of one object are written down, as it was at one moment: a new field makes a new schema.</summary>
internal sealed class EventSchema
{
    private static readonly string[] Absent = ["Id", "IsDeleted", "SystemModstamp", "MasterRecordId", "LastActivityDate"];
    private static readonly string[] NameParts = ["Salutation", "FirstName", "LastName"];
    private static readonly string[] AddressParts = ["Street", "City", "State", "PostalCode", "Country"];
    private static readonly string[] Kinds =
        ["CREATE", "UPDATE", "DELETE", "UNDELETE", "GAP_CREATE", "GAP_UPDATE", "GAP_DELETE", "GAP_UNDELETE", "GAP_OVERFLOW", "SNAPSHOT"];

    public EventSchema(SObjectSchema entity, string id)
    {
        (Entity, Id) = (entity.Name, id);
        var hasName = entity.Find("FirstName") is not null;
        var hasAddress = entity.Find("Address") is not null;
        Fields =
        [
            .. entity.Fields
                .Where(field => !Absent.Contains(field.Name) && !(hasName && NameParts.Contains(field.Name)) && !(hasAddress && AddressParts.Contains(field.Name)))
                .Select(field => field.Name switch
                {
                    "Name" when hasName => new EventField("Name", null, [.. NameParts.Select(entity.Get)]),
                    "Address" => new EventField("Address", null, [.. AddressParts.Select(entity.Get)]),
                    _ => new EventField(field.Name, field, []),
                }),
        ];
    }

    public string Entity { get; }

    public string Id { get; }

    /// <summary>In the order of the schema, after the header, which is field 0.</summary>
    public IReadOnlyList<EventField> Fields { get; }

    public string ToJson()
    {
        var fields = new JsonArray(new JsonObject { ["name"] = "ChangeEventHeader", ["type"] = Header() });
        foreach (var field in Fields)
        {
            fields.Add(new JsonObject { ["name"] = field.Name, ["type"] = new JsonArray("null", field.Field is { } plain ? TypeOf(plain) : Record(field)),
                ["default"] = null });
        }

        return new JsonObject { ["type"] = "record", ["name"] = Entity + "ChangeEvent", ["namespace"] = "com.sforce.eventbus", ["fields"] = fields }.ToJsonString();
    }

    public static int KindIndex(string kind) => Array.IndexOf(Kinds, kind);

    private static JsonObject Header()
    {
        static JsonObject Field(string name, JsonNode type) => new() { ["name"] = name, ["type"] = type };
        static JsonObject Texts() => new() { ["type"] = "array", ["items"] = "string" };
        return new JsonObject
        {
            ["type"] = "record",
            ["name"] = "ChangeEventHeader",
            ["fields"] = new JsonArray(
                Field("entityName", "string"), Field("recordIds", Texts()),
                Field("changeType", new JsonObject { ["type"] = "enum", ["name"] = "ChangeType", ["symbols"] = new JsonArray([.. Kinds.Select(kind => (JsonNode)kind)]) }),
                Field("changeOrigin", "string"), Field("transactionKey", "string"), Field("sequenceNumber", "int"), Field("commitTimestamp", "long"),
                Field("commitNumber", "long"),
                Field("commitUser", "string"), Field("nulledFields", Texts()), Field("diffFields", Texts()), Field("changedFields", Texts())),
        };
    }

    private static JsonObject Record(EventField field) => new()
    {
        ["type"] = "record",
        ["name"] = field.Name == "Name" ? "Switchable_PersonName" : field.Name,
        ["fields"] = new JsonArray([.. field.Parts.Select(part =>
            (JsonNode)new JsonObject { ["name"] = part.Name, ["type"] = new JsonArray("null", TypeOf(part)), ["default"] = null })]),
    };

    private static JsonNode TypeOf(FieldDefinition field) => field.Type switch
    {
        "boolean" => "boolean",
        "int" => "int",
        "double" or "currency" or "percent" => "double",
        "date" or "datetime" => new JsonObject { ["type"] = "long", ["logicalType"] = "timestamp-millis" },
        _ => "string",
    };
}
