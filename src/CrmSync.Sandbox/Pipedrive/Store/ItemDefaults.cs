using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>What a new record has without anybody saying so.</summary>
internal static class ItemDefaults
{
    private static readonly long[] NoOptions = [];
    private static readonly string[] NoLabels = [];

    public static void Fill(PipedriveCompany company, EntityKind kind, Dictionary<string, object?> values, CompanyWrite context)
    {
        var user = context.Actor.User.Id;
        var given = kind.Name switch
        {
            "lead" => Lead(company, user, context),
            "deal" => Deal(company, user, values, context),
            "person" => [("owner_id", user), ("emails", new JsonArray()), ("phones", new JsonArray()), ("visible_to", 3L), ("label_ids", NoOptions), ("is_deleted", false),
                ("marketing_status", "no_consent")],
            "organization" => [("owner_id", user), ("visible_to", 3L), ("label_ids", NoOptions), ("is_deleted", false)],
            "activity" => [("owner_id", user), ("creator_user_id", user), ("type", "call"), ("subject", "Call"), ("done", false), ("busy", false), ("is_deleted", false),
                ("due_date", PipedriveTimes.Day(context.At)), ("participants", new JsonArray()), ("attendees", new JsonArray())],
            "note" => [("user_id", user)],
            _ => (List<(string, object?)>)[],
        };
        foreach (var (field, value) in given)
        {
            values.TryAdd(field, value);
        }
    }

    private static List<(string, object?)> Lead(PipedriveCompany company, long user, CompanyWrite context)
    {
        var source = context.Actor.Source == "api" ? "API" : "Manually created";
        return
        [
            ("owner_id", user), ("creator_id", user), ("label_ids", NoLabels), ("source_name", source), ("origin", source == "API" ? "API" : "ManuallyCreated"),
            ("is_archived", false), ("was_seen", false), ("visible_to", 3L), ("cc_email", $"{company.Domain}+{company.Id}+lead@pipedrivemail.com"),
        ];
    }

    private static List<(string, object?)> Deal(PipedriveCompany company, long user, Dictionary<string, object?> values, CompanyWrite context)
    {
        var stage = values.GetValueOrDefault("pipeline_id") is long pipeline ? company.FirstStage(pipeline) : company.FirstStage(company.Table(EntityKind.Pipeline).All[0].Number);
        return
        [
            ("owner_id", user), ("creator_user_id", user), ("value", 0.0), ("currency", "EUR"), ("stage_id", stage), ("status", "open"), ("visible_to", 3L),
            ("label_ids", NoOptions), ("is_archived", false), ("is_deleted", false), ("origin", context.Actor.Source == "api" ? "API" : "ManuallyCreated"),
        ];
    }
}
