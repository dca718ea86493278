using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>What Pipedrive works out from what was written: names, stages and their times, who an activity is about.</summary>
internal static class Derivations
{
    private static readonly string[] NameParts = ["first_name", "last_name"];

    public static void Before(PipedriveCompany company, Item item, Dictionary<string, object?> values, CompanyWrite context, bool isNew)
    {
        if (isNew)
        {
            ItemDefaults.Fill(company, item.Kind, values, context);
        }

        switch (item.Kind.Name)
        {
            case "deal":
                Deal(company, item, values, context, isNew);
                break;
            case "person":
                Person(item, values);
                break;
            case "activity":
                Activity(item, values, context);
                break;
            case "note":
                values["last_update_user_id"] = context.Actor.User.Id;
                break;
        }
    }

    private static void Deal(PipedriveCompany company, Item deal, Dictionary<string, object?> values, CompanyWrite context, bool isNew)
    {
        var at = PipedriveTimes.Whole(context.At);
        if (values.GetValueOrDefault("stage_id") is long stage && company.Table(EntityKind.Stage).Find(stage) is { } found)
        {
            values["pipeline_id"] = found["pipeline_id"];
        }
        else if (values.GetValueOrDefault("pipeline_id") is long pipeline && deal.Long("pipeline_id") != pipeline)
        {
            values["stage_id"] = company.FirstStage(pipeline);
        }

        if (isNew || (values.TryGetValue("stage_id", out var moved) && !Equals(moved, deal["stage_id"])))
        {
            values["stage_change_time"] = at;
        }

        if (values.TryGetValue("is_archived", out var archived) && archived is bool isArchived && isArchived != deal.Flag("is_archived"))
        {
            values["archive_time"] = isArchived ? at : null;
        }

        if (values.TryGetValue("status", out var status) && !Equals(status, deal["status"]))
        {
            values["won_time"] = status is "won" ? values.GetValueOrDefault("won_time") ?? at : null;
            values["lost_time"] = status is "lost" ? values.GetValueOrDefault("lost_time") ?? at : null;
            values["close_time"] = status is "open" ? null : values.GetValueOrDefault("close_time") ?? at;
            if (status is not "lost")
            {
                values["lost_reason"] = null;
            }
        }
    }

    private static void Person(Item person, Dictionary<string, object?> values)
    {
        if (values.GetValueOrDefault("name") is string name)
        {
            var parts = name.Split(' ', 2);
            values["first_name"] = values.GetValueOrDefault("first_name") ?? parts[0];
            values["last_name"] = values.GetValueOrDefault("last_name") ?? (parts.Length > 1 ? parts[1] : null);
        }
        else if (values.ContainsKey("first_name") || values.ContainsKey("last_name"))
        {
            var names = NameParts.Select(part => values.TryGetValue(part, out var given) ? given as string : person.Text(part));
            values["name"] = string.Join(' ', names.Where(part => !string.IsNullOrEmpty(part)));
        }
    }

    private static void Activity(Item activity, Dictionary<string, object?> values, CompanyWrite context)
    {
        if (values.TryGetValue("participants", out var given))
        {
            var people = (given as JsonArray ?? []).OfType<JsonObject>().ToList();
            values["person_id"] = (people.FirstOrDefault(one => one["primary"]?.GetValue<bool>() == true) ?? people.FirstOrDefault())?["person_id"]?.GetValue<long>();
        }

        if (values.TryGetValue("done", out var done) && done is bool isDone && isDone != activity.Flag("done"))
        {
            values["marked_as_done_time"] = isDone ? values.GetValueOrDefault("marked_as_done_time") ?? PipedriveTimes.Whole(context.At) : null;
        }
    }
}
