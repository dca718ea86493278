using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The small lists of v1: labels and sources of leads, their fields, types of activities, currencies.</summary>
internal static class SettingEndpoints
{
    private static readonly string[] Sources =
        ["Manually created", "Deal", "Web forms", "Prospector", "Leadbooster", "Live chat", "Import", "Website visitors", "Workflow automation", "API"];

    private static readonly string[] Colors = ["blue", "brown", "dark-gray", "gray", "green", "orange", "pink", "purple", "red", "yellow"];

    private static readonly (string Key, string Name, bool IsCustom)[] ActivityTypes =
    [
        ("call", "Call", false), ("meeting", "Meeting", false), ("task", "Task", false), ("deadline", "Deadline", false), ("email", "Email", false), ("lunch", "Lunch", false),
        ("form", "Form", true), ("webinar", "Webinar", true),
    ];

    public static PipedriveReply LeadSources(PipedriveCall call) => Replies.Data(new JsonArray([.. Sources.Select(name => (JsonNode)new JsonObject { ["name"] = name })]));

    public static PipedriveReply LeadFields(PipedriveCall call)
    {
        List<FieldDefinition> fields = [.. call.Company.Fields.All(EntityKind.Lead)];
        return OffsetPage.Of(call, [.. fields.Index()], field => FieldJson.Old(field.Item, field.Index + 1));
    }

    public static PipedriveReply Types(PipedriveCall call) => Replies.Data(new JsonArray([.. ActivityTypes.Index().Select(type => (JsonNode)new JsonObject
    {
        ["id"] = type.Index + 1,
        ["order_nr"] = type.Index + 1,
        ["name"] = type.Item.Name,
        ["key_string"] = type.Item.Key,
        ["icon_key"] = type.Item.IsCustom ? "finish" : type.Item.Key,
        ["active_flag"] = true,
        ["color"] = null,
        ["is_custom_flag"] = type.Item.IsCustom,
        ["add_time"] = "2025-01-02 08:00:00",
        ["update_time"] = "2025-01-02 08:00:00",
    })]));

    public static PipedriveReply Labels(PipedriveCall call) => Replies.Data(new JsonArray([.. call.Company.Labels.Select(Json)]));

    public static PipedriveReply AddLabel(PipedriveCall call)
    {
        if (call.Body["name"]?.ToString() is not { Length: > 0 } name || call.Body["color"]?.ToString() is not { } color || !Colors.Contains(color))
        {
            throw Refusal.Generic(400, "A label needs a name and one of the known colors");
        }

        var label = new LeadLabel(call.Company.NextUuid("label"), name, color, call.Request.Now, call.Request.Now);
        call.Company.Labels.Add(label);
        return Replies.Data(Json(label));
    }

    public static PipedriveReply ChangeLabel(PipedriveCall call)
    {
        var place = Place(call);
        var label = call.Company.Labels[place] with { UpdateTime = call.Request.Now };
        label = label with { Name = call.Body["name"]?.ToString() ?? label.Name, Color = call.Body["color"]?.ToString() ?? label.Color };
        call.Company.Labels[place] = label;
        return Replies.Data(Json(label));
    }

    public static PipedriveReply RemoveLabel(PipedriveCall call)
    {
        call.Company.Labels.RemoveAt(Place(call));
        return Replies.Data(new JsonObject { ["id"] = call.Parts[0] });
    }

    private static int Place(PipedriveCall call) => call.Company.Labels.FindIndex(label => label.Id == call.Parts[0]) is >= 0 and var place
        ? place : throw Refusal.Generic(404, "Lead label not found", "Object was not found.");

    private static JsonNode Json(LeadLabel label) => new JsonObject
    {
        ["id"] = label.Id,
        ["name"] = label.Name,
        ["color"] = label.Color,
        ["add_time"] = PipedriveTimes.Milliseconds(label.AddTime),
        ["update_time"] = PipedriveTimes.Milliseconds(label.UpdateTime),
    };
}
