using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Leads as v1 shows them: the customer's fields beside all others, and only those that hold something.</summary>
internal static class LeadJson
{
    public static JsonObject Of(PipedriveCall call, ItemView view)
    {
        var json = new JsonObject { ["id"] = view.Record.Id };
        foreach (var field in call.Company.Fields.BuiltIn(EntityKind.Lead))
        {
            json[field.Code] = field.Kind == "visible" ? Text(view[field.Code]) : FieldValues.ToJson(view[field.Code], PipedriveTimes.Milliseconds);
        }

        json["add_time"] = PipedriveTimes.Milliseconds(view.Record.AddTime);
        json["update_time"] = PipedriveTimes.Milliseconds(view.UpdateTime);
        foreach (var field in call.Company.Fields.Custom(EntityKind.Lead))
        {
            Add(call, json, field, view[field.Code]);
        }

        return json;
    }

    private static void Add(PipedriveCall call, JsonObject json, FieldDefinition field, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long id when field.Kind == "enum":
                json[field.Code] = call.Switches.LeadEnum == "number" ? id : Text(id);
                break;
            case IReadOnlyList<long> ids:
                json[field.Code] = string.Join(',', ids);
                break;
            case JsonObject parts:
                json[field.Code] = parts["value"]?.DeepClone();
                foreach (var (name, part) in parts.Where(part => part.Key != "value"))
                {
                    json[$"{field.Code}_{name}"] = part?.DeepClone();
                }

                break;
            default:
                json[field.Code] = FieldValues.ToJson(value, PipedriveTimes.Milliseconds);
                break;
        }
    }

    private static string? Text(object? value) => value is long number ? number.ToString(CultureInfo.InvariantCulture) : null;
}
