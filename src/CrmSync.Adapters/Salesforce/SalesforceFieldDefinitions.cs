using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>A field that set-up makes: the object it belongs to, its API name, and its definition in the words of the Tooling API.</summary>
internal sealed record SalesforceNewField(string Object, string Name, JsonObject Metadata)
{
    public string FullName => $"{Object}.{Name}";

    /// <summary>As rights name it: those of activities are given on tasks.</summary>
    public string RightsObject => Object == SalesforceActivityKeys.Owner ? SalesforceActivityKeys.Object : Object;

    public JsonElement Definition() => JsonSerializer.SerializeToElement(new JsonObject { [nameof(FullName)] = FullName, [nameof(Metadata)] = Metadata.DeepClone() });
}

/// <summary>The fields of the hand-over. Answers and stage are tracked, so that the record's history tells who set them and when.</summary>
internal static class SalesforceFieldDefinitions
{
    private const int WhyLength = 4000;
    private static readonly string[] Objects = ["Lead", "Contact"];
    private static readonly string[] Tracked = [HandoverFields.Decision, HandoverFields.DecisionText, HandoverFields.Request, HandoverFields.Marker];

    /// <param name="stage">The lead's stage field, where there is one: the contact's takes the same values, or no lead in one of the others could be converted.</param>
    public static IEnumerable<SalesforceNewField> Of(CrmConnection connection, SalesforceOptions options, SalesforceField? stage)
    {
        (string, string)[] values = stage?.Active.Select(v => (v.Value!, v.Label ?? v.Value!)).ToArray() is { Length: > 0 } own ? own : [.. SalesforceStages.Values.Select(v => (v, v))];
        foreach (var type in Objects)
        {
            if (options.StageField.EndsWith("__c", StringComparison.OrdinalIgnoreCase))
                yield return new(type, options.StageField, Picklist(connection.Language == "da" ? "Livscyklustrin" : "Lifecycle Stage", values, isTracked: true));
            foreach (var field in HandoverFields.Of(connection.Mapping.ReportFields))
                yield return new(type, SalesforceFieldNames.Of(field.Name), Of(field, connection.Language));
        }
        if (options.KeysInField)
            yield return new(SalesforceActivityKeys.Owner, SalesforceActivityKeys.Field, new()
            {
                ["label"] = "CrmSync", ["type"] = "Text", ["length"] = 255, ["externalId"] = true, ["unique"] = true, ["caseSensitive"] = true,
                ["description"] = "Keeps each task and note of CrmSync single.",
            });
    }

    public static JsonObject Value(string value, string label) => new() { ["valueName"] = value, ["label"] = label, ["default"] = false };

    private static JsonObject Of(HandoverField field, string language)
    {
        var (label, isTracked) = (field.Label(language), Tracked.Contains(field.Name));
        return field switch
        {
            { Type: HandoverFieldType.List } => Picklist(label, [.. field.Options.Select(o => (o.Value, language == "da" ? o.Danish : o.English))], isTracked),
            { Type: HandoverFieldType.Instant } => new() { ["label"] = label, ["type"] = "DateTime" },
            { Type: HandoverFieldType.Number } => new() { ["label"] = label, ["type"] = "Number", ["precision"] = 18, ["scale"] = 0 },
            { Name: HandoverFields.Why } => new() { ["label"] = label, ["type"] = "LongTextArea", ["length"] = WhyLength, ["visibleLines"] = 12 },
            // Of longer texts history keeps no values.
            { Type: HandoverFieldType.LongText } => new() { ["label"] = label, ["type"] = "TextArea", ["trackHistory"] = isTracked },
            _ => new() { ["label"] = label, ["type"] = "Text", ["length"] = 255, ["trackHistory"] = isTracked },
        };
    }

    private static JsonObject Picklist(string label, IReadOnlyList<(string Value, string Label)> values, bool isTracked) => new()
    {
        ["label"] = label,
        ["type"] = "Picklist",
        ["trackHistory"] = isTracked,
        ["valueSet"] = new JsonObject
        {
            ["restricted"] = true,
            ["valueSetDefinition"] = new JsonObject { ["sorted"] = false, ["value"] = new JsonArray([.. values.Select(v => (JsonNode)Value(v.Value, v.Label))]) },
        },
    };
}
