using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Webhooks;

/// <summary>Changes in the words of Pipedrive's webhooks, in the order of keys that real ones have.</summary>
internal static class EventJson
{
    private static readonly string[] NotInLeads = ["visible_to", "cc_email", "source_deal_id"];
    private static readonly string[] NotInDeals = ["is_archived", "is_deleted", "acv", "arr", "mrr", "archive_time", "source_lead_id"];
    private static readonly string[] NotInOthers = ["is_deleted", "marketing_status", "attendees"];

    /// <summary>The body of an event for one webhook.</summary>
    public static JsonObject Of(PipedriveCompany company, ItemChange change, WebhookSubscription to, string eventId, DateTimeOffset sentAt) => new()
    {
        ["data"] = change.Action == "delete" ? null : Whole(company, change.Item, change.After, change.AfterTime),
        ["previous"] = change.Action switch
        {
            "create" => null,
            "delete" => Whole(company, change.Item, change.Before!, change.BeforeTime),
            _ => Previous(company, change),
        },
        ["meta"] = Meta(company, change, to, eventId, sentAt),
    };

    private static JsonObject Whole(PipedriveCompany company, Item item, IReadOnlyDictionary<string, object?> values, DateTimeOffset updateTime)
    {
        var json = new JsonObject { ["id"] = Id(item), ["add_time"] = Time(item.Kind, item.AddTime), ["update_time"] = Time(item.Kind, updateTime) };
        foreach (var field in company.Fields.BuiltIn(item.Kind).Where(field => IsTold(item.Kind, field)))
        {
            json[field.Code] = Value(item.Kind, field, values.GetValueOrDefault(field.Code));
        }

        if (item.Kind.HasCustomFields)
        {
            json["custom_fields"] = Custom(company, item.Kind, code => values.GetValueOrDefault(code) is not null, values);
        }

        return InOrder(json);
    }

    private static JsonObject Previous(PipedriveCompany company, ItemChange change)
    {
        var json = new JsonObject { ["update_time"] = Time(change.Kind, change.BeforeTime) };
        foreach (var field in company.Fields.BuiltIn(change.Kind).Where(field => IsTold(change.Kind, field) && change.Fields.Contains(field.Code)))
        {
            json[field.Code] = Value(change.Kind, field, change.Before!.GetValueOrDefault(field.Code));
        }

        if (change.Kind.HasCustomFields)
        {
            json["custom_fields"] = Custom(company, change.Kind, change.Fields.Contains, change.Before!);
        }

        if (company.Switches.LoosePrevious)
        {
            json.Remove("update_time");
            foreach (var field in company.Fields.BuiltIn(change.Kind).Where(field => field.Code == "next_activity_id"))
            {
                json[field.Code] = Value(change.Kind, field, change.Before!.GetValueOrDefault(field.Code));
            }
        }

        return InOrder(json);
    }

    private static JsonObject Custom(PipedriveCompany company, EntityKind kind, Func<string, bool> isTold, IReadOnlyDictionary<string, object?> values)
    {
        var json = new JsonObject();
        foreach (var field in company.Fields.Custom(kind).Where(field => isTold(field.Code)))
        {
            json[field.Code] = EventValues.Of(field, values.GetValueOrDefault(field.Code));
        }

        return json;
    }

    private static JsonObject Meta(PipedriveCompany company, ItemChange change, WebhookSubscription to, string eventId, DateTimeOffset sentAt)
    {
        var user = Text(change.Context.Actor.User.Id);
        var meta = new JsonObject
        {
            ["action"] = change.Action,
            ["company_id"] = Text(company.Id),
            ["correlation_id"] = change.Context.CorrelationId,
            ["entity_id"] = change.Item.Id,
            ["entity"] = change.Kind.Name,
            ["id"] = eventId,
            ["is_bulk_edit"] = false,
            ["timestamp"] = company.Switches.EpochTimestamps ? sentAt.ToUnixTimeSeconds() : PipedriveTimes.Milliseconds(sentAt),
            ["type"] = to.Kind,
            ["user_id"] = user,
            ["version"] = "2.0",
            ["webhook_id"] = Text(to.Id),
            ["webhook_owner_id"] = Text(to.Owner.Id),
            ["change_source"] = change.Context.Actor.Source,
            ["permitted_user_ids"] = new JsonArray([.. company.Users.Select(one => (JsonNode)Text(one.Id))]),
            ["attempt"] = 1,
            ["host"] = $"{company.Domain}.pipedrive.com",
        };
        if ((change.MergedTo ?? change.MergedFrom) is { } other)
        {
            meta[change.MergedTo is not null ? "merged_to_id" : "merged_from_id"] = other;
        }

        return meta;
    }

    private static bool IsTold(EntityKind kind, FieldDefinition field) => !field.IsHidden
        && !(kind == EntityKind.Lead ? NotInLeads : kind == EntityKind.Deal ? NotInDeals : NotInOthers).Contains(field.Code);

    private static JsonNode? Value(EntityKind kind, FieldDefinition field, object? value) =>
        field.Kind == "visible" && value is long visible ? Text(visible) : FieldValues.ToJson(value, at => Time(kind, at));

    private static JsonNode Id(Item item) => item.Kind == EntityKind.Lead ? item.Id : item.Number;

    private static string Time(EntityKind kind, DateTimeOffset at) => kind == EntityKind.Lead ? PipedriveTimes.Milliseconds(at) : PipedriveTimes.Seconds(at);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The keys of a record stand in the order of the alphabet.</summary>
    private static JsonObject InOrder(JsonObject json)
    {
        var pairs = json.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        json.Clear();
        return new JsonObject(pairs);
    }
}
