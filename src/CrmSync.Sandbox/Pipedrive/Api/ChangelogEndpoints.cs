using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The history of a deal or person, newest first; leads have none.</summary>
internal static class ChangelogEndpoints
{
    public static Func<PipedriveCall, PipedriveReply> Of(EntityKind kind) => call =>
    {
        var changes = (call.Item(kind).History ?? []).AsEnumerable().Reverse().ToList();
        var limit = call.Limit();
        var start = call.Request.Parameter("cursor") is { Length: > 0 } cursor ? Start(cursor) : 0;
        var shown = changes.Skip(start).Take(limit).Select(change => Json(call, kind, change));
        var next = start + limit < changes.Count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"id:{start + limit}")) : null;
        return Replies.Page(new JsonArray([.. shown]), next);
    };

    private static JsonObject Json(PipedriveCall call, EntityKind kind, LoggedChange change) => new JsonObject
    {
        ["field_key"] = change.Field,
        ["old_value"] = Text(change.Before),
        ["new_value"] = Text(change.After),
        ["actor_user_id"] = change.Actor.User.Id,
        ["time"] = PipedriveTimes.Plain(change.At),
        ["change_source"] = change.Actor.Source,
        ["change_source_user_agent"] = change.Actor.Source == "api" ? call.Request.Header("User-Agent") : null,
        ["is_bulk_update_flag"] = false,
    };

    /// <summary>All values are texts, also those that are not.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => FieldValues.ToJson(value, PipedriveTimes.Plain)?.ToString(),
    };

    private static int Start(string cursor)
    {
        try
        {
            return int.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor))["id:".Length..], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or ArgumentOutOfRangeException)
        {
            throw Refusal.Generic(400, "cursor is invalid");
        }
    }
}
