using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Records as v2 shows them: the customer's fields apart, every one of them, null where nothing stands.</summary>
internal static class ItemJson
{
    private static readonly string[] Counts = ["notes_count", "activities_count", "done_activities_count", "undone_activities_count"];
    private static readonly string[] DealCounts = ["open_deals_count", "won_deals_count", "lost_deals_count", "closed_deals_count"];

    public static JsonObject Of(PipedriveCall call, ItemView view)
    {
        var kind = view.Record.Kind;
        var wanted = call.List("include_fields");
        var json = new JsonObject { ["id"] = view.Record.Number };
        foreach (var field in call.Company.Fields.BuiltIn(kind))
        {
            var value = view[field.Code];
            var isLeftOut = field.IsHidden || (field.IsOptional && !wanted.Contains(field.Code)) || (field.IsSparse && value is null)
                || (field.NeedsContactSync && !call.Switches.ContactSync);
            if (!isLeftOut)
            {
                json[field.Code] = FieldValues.ToJson(value, PipedriveTimes.Seconds);
            }
        }

        json["add_time"] = PipedriveTimes.Seconds(view.Record.AddTime);
        json["update_time"] = PipedriveTimes.Seconds(view.UpdateTime);
        foreach (var name in wanted.Where(Counts.Contains))
        {
            json[name] = Count(call.Company, view.Record, name);
        }

        foreach (var name in wanted.Where(name => DealCounts.Contains(name) && (kind == EntityKind.Person || kind == EntityKind.Organization)))
        {
            json[name] = Deals(call.Company, view.Record, name);
        }

        if (kind.HasCustomFields)
        {
            json["custom_fields"] = Custom(call, view);
        }

        return json;
    }

    private static JsonObject Custom(PipedriveCall call, ItemView view)
    {
        var wanted = call.List("custom_fields");
        var labels = call.Request.Parameter("include_option_labels") == "true";
        var json = new JsonObject();
        foreach (var field in call.Company.Fields.Custom(view.Record.Kind).Where(field => wanted.Count == 0 || wanted.Contains(field.Code)))
        {
            var value = view[field.Code];
            json[field.Code] = labels && field.HasOptions ? WithLabels(field, value) : FieldValues.ToJson(value, PipedriveTimes.Seconds);
        }

        return json;
    }

    private static JsonNode? WithLabels(FieldDefinition field, object? value) => value switch
    {
        long id => new JsonObject { ["id"] = id, ["label"] = field.Option(id)?.Label },
        IReadOnlyList<long> ids => new JsonArray([.. ids.Select(id => WithLabels(field, id))]),
        _ => null,
    };

    private static int Deals(PipedriveCompany company, Item item, string name)
    {
        var link = item.Kind == EntityKind.Person ? "person_id" : "org_id";
        var state = name[..name.IndexOf('_', StringComparison.Ordinal)];
        return company.Table(EntityKind.Deal).Of(link, item.Id)
            .Count(deal => !deal.IsDeleted && (state == "closed" ? deal.Text("status") is "won" or "lost" : deal.Text("status") == state));
    }

    private static int Count(PipedriveCompany company, Item item, string name)
    {
        var link = item.Kind.Name + "_id";
        var kind = name == "notes_count" ? EntityKind.Note : EntityKind.Activity;
        return company.Table(kind).Of(link, item.Id).Count(one => !one.IsDeleted && (name[0] is not 'd' and not 'u' || one.Flag("done") == (name[0] == 'd')));
    }
}
