using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Notes, which only v1 has.</summary>
internal static class NoteEndpoints
{
    private const int Longest = 100_000;

    private static readonly string[] Links = ["lead_id", "deal_id", "person_id", "org_id"];
    private static readonly string[] Pins = ["lead", "deal", "organization", "person", "project", "task"];

    public static PipedriveReply List(PipedriveCall call)
    {
        var since = call.Request.Parameter("updated_since") is { } text ? PipedriveTimes.Lenient(text) ?? throw Refusal.Generic(400, "updated_since must be a valid date") : DateTimeOffset.MinValue;
        var table = call.Company.Table(EntityKind.Note);
        var link = Links.FirstOrDefault(name => call.Request.Parameter(name) is not null);
        var notes = link is null ? table.All : table.Of(link, call.Request.Parameter(link)!);
        List<Item> found = [.. notes.Where(note => !note.IsDeleted && note.UpdateTime >= since && note.Seen(call.SeenAt) is not null)];
        if (call.Request.Parameter("sort") is { } sort && sort.Contains("update_time", StringComparison.Ordinal))
        {
            found = [.. sort.Contains("DESC", StringComparison.OrdinalIgnoreCase) ? found.OrderByDescending(note => note.UpdateTime) : found.OrderBy(note => note.UpdateTime)];
        }

        return OffsetPage.Of(call, found, note => Json(call, note));
    }

    public static PipedriveReply Get(PipedriveCall call) => Replies.Data(Json(call, Live(call)));

    public static PipedriveReply Create(PipedriveCall call)
    {
        var values = Read(call, isNew: true);
        if (values.GetValueOrDefault("content") is not string { Length: > 0 and <= Longest } || !Links.Any(values.ContainsKey))
        {
            throw Refusal.Generic(400, "A note needs content of at most 100 kB, and a lead, deal, person or organization");
        }

        return Replies.Data(Json(call, ItemWriter.Create(call.Company, EntityKind.Note, values, call.Context)));
    }

    public static PipedriveReply Update(PipedriveCall call)
    {
        var note = Live(call);
        ItemWriter.Update(call.Company, note, Read(call, isNew: false), call.Context);
        return Replies.Data(Json(call, note));
    }

    public static PipedriveReply Delete(PipedriveCall call)
    {
        ItemWriter.Delete(call.Company, Live(call), call.Context);
        return Replies.Data(true);
    }

    private static Item Live(PipedriveCall call) => call.Item(EntityKind.Note) is { IsDeleted: false } note ? note : throw Refusal.NotFound(EntityKind.Note);

    /// <summary>v1 passes over keys that it does not know.</summary>
    private static Dictionary<string, object?> Read(PipedriveCall call, bool isNew)
    {
        var check = new ValueCheck(call.Company, isLenient: true);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in call.Company.Fields.BuiltIn(EntityKind.Note).Where(field => isNew ? field.IsCreatable : field.IsUpdatable))
        {
            if (call.Body[field.Code] is { } value)
            {
                values[field.Code] = check.Read(field, value, field.Code);
            }
        }

        return values;
    }

    private static JsonObject Json(PipedriveCall call, Item note)
    {
        var json = new JsonObject
        {
            ["id"] = note.Number,
            ["user_id"] = note.Long("user_id"),
            ["deal_id"] = note.Long("deal_id"),
            ["person_id"] = note.Long("person_id"),
            ["org_id"] = note.Long("org_id"),
            ["lead_id"] = note.Text("lead_id"),
            ["content"] = note.Text("content"),
            ["add_time"] = PipedriveTimes.Plain(note["add_time"] as DateTimeOffset? ?? note.AddTime),
            ["update_time"] = PipedriveTimes.Plain(note.UpdateTime),
            ["active_flag"] = !note.IsDeleted,
            ["last_update_user_id"] = note.Long("last_update_user_id"),
        };
        foreach (var pin in Pins)
        {
            json[$"pinned_to_{pin}_flag"] = note.Long($"pinned_to_{pin}_flag") == 1;
        }

        json["organization"] = Named(call, note, "org_id", EntityKind.Organization, "name");
        json["person"] = Named(call, note, "person_id", EntityKind.Person, "name");
        json["deal"] = Named(call, note, "deal_id", EntityKind.Deal, "title");
        if (call.Company.UserOf(note.Long("user_id") ?? 0) is { } user)
        {
            json["user"] = new JsonObject { ["email"] = user.Email, ["name"] = user.Name, ["icon_url"] = null, ["is_you"] = user == call.Company.ApiUser };
        }

        return json;
    }

    private static JsonObject? Named(PipedriveCall call, Item note, string link, EntityKind kind, string name) =>
        note.Long(link) is { } id && call.Company.Table(kind).Find(id) is { } item ? new JsonObject { [name] = item.Text(name) } : null;
}
