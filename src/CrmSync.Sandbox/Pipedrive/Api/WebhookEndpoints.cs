using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Subscribing to changes. There is no changing of a subscription, only another one.</summary>
internal static class WebhookEndpoints
{
    private static readonly string[] Actions = ["create", "change", "delete", "*"];
    private static readonly string[] Objects =
    [
        "activity", "deal", "lead", "note", "organization", "person", "pipeline", "product", "stage", "user", "*",
        "deal_installment", "deal_product", "board", "phase", "project", "task",
    ];

    public static PipedriveReply List(PipedriveCall call) =>
        Ok(new JsonArray([.. call.Webhooks.All.Where(one => IsOurs(call, one)).Select(one => Json(call, one))]), 200);

    public static PipedriveReply Create(PipedriveCall call)
    {
        var body = call.Body;
        string? Text(string name) => body[name] is JsonValue value ? value.ToString() : null;
        var (action, entity) = (Text("event_action"), Text("event_object"));
        if (!Actions.Contains(action) || !Objects.Contains(entity) || Text("version") is not null and not "1.0" and not "2.0")
        {
            throw Invalid(Actions.Contains(action) ? Objects.Contains(entity) ? "version" : "event_object" : "event_action", "is not one of the known values");
        }

        if (Text("name") is not { Length: > 0 and <= 255 } name)
        {
            throw Invalid("name", "is required");
        }

        var url = WebhookAddress.Check(call.Switches, Text("subscription_url")) ?? throw Invalid("subscription_url", "invalid or non-reachable URL");
        var user = body["user_id"] is { } id ? call.Company.UserOf(new ValueCheck(call.Company, isLenient: true).Whole(id, "user_id")) ?? throw Invalid("user_id", "not found") : call.Context.Actor.User;
        if (call.Webhooks.All.Count(one => one.Owner == user) >= call.Switches.WebhookLimit)
        {
            throw new Refusal(422, new JsonObject { ["status"] = "error", ["success"] = false, ["errors"] = new JsonObject { ["limit"] = new JsonArray("webhooks limit reached") } }, "limit");
        }

        var made = call.Webhooks.Add(number => new WebhookSubscription(number, url, action!, entity!, user, call.Request.Now)
        {
            Name = name,
            Version = Text("version") ?? "2.0",
            Kind = IsApp(call) ? "application" : "general",
            User = Text("http_auth_user"),
            Password = Text("http_auth_password"),
        });
        return Ok(Json(call, made), 201);
    }

    public static PipedriveReply Delete(PipedriveCall call)
    {
        if (!long.TryParse(call.Parts[0], out var id) || call.Webhooks.Find(id) is not { } found)
        {
            throw new Refusal(404, new JsonObject { ["status"] = "error", ["success"] = false, ["errors"] = new JsonObject { ["id"] = new JsonArray("not found") } }, "not found");
        }

        if (!IsOurs(call, found))
        {
            throw new Refusal(403, new JsonObject { ["success"] = false, ["message"] = "Forbidden" }, "foreign");
        }

        call.Webhooks.Remove(found);
        return new PipedriveReply(200, new JsonObject { ["success"] = true, ["status"] = "ok" });
    }

    /// <summary>An app sees and deletes only what it made itself.</summary>
    private static bool IsOurs(PipedriveCall call, WebhookSubscription one) => !IsApp(call) || one.Kind == "application";

    private static bool IsApp(PipedriveCall call) => call.Context.Actor.LogName == "api:oauth";

    private static JsonObject Json(PipedriveCall call, WebhookSubscription one) => one.ToJson(call.Company.Id, PipedriveTimes.Milliseconds);

    private static PipedriveReply Ok(JsonNode data, int status) => new(status, new JsonObject { ["success"] = true, ["status"] = "ok", ["data"] = data });

    private static Refusal Invalid(string field, string problem) => new(400, new JsonObject
    {
        ["status"] = "error",
        ["success"] = false,
        ["errors"] = new JsonObject { [field] = new JsonArray(problem) },
    }, problem);
}
