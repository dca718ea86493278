using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Leads, which only v1 has.</summary>
internal static class LeadEndpoints
{
    private static readonly string[] Filters = ["owner_id", "person_id", "organization_id"];

    private static readonly Dictionary<string, Func<ItemView, IComparable?>> Sorts = new(StringComparer.Ordinal)
    {
        ["id"] = view => view.Record.Id,
        ["add_time"] = view => view.Record.AddTime,
        ["update_time"] = view => view.UpdateTime,
        ["title"] = view => view["title"] as string,
        ["owner_id"] = view => view["owner_id"] as long?,
        ["creator_id"] = view => view["creator_id"] as long?,
        ["was_seen"] = view => view["was_seen"] as bool?,
        ["expected_close_date"] = view => view["expected_close_date"] as string,
        ["next_activity_id"] = view => view["next_activity_id"] as long?,
    };

    public static PipedriveReply List(PipedriveCall call) => List(call, isArchive: false);

    public static PipedriveReply Archived(PipedriveCall call) => List(call, isArchive: true);

    public static PipedriveReply Get(PipedriveCall call) => Show(call, call.Item(EntityKind.Lead), 200);

    public static PipedriveReply Create(PipedriveCall call)
    {
        var values = WriteBody.Lead(call, isNew: true);
        if (values.GetValueOrDefault("title") is not string { Length: > 0 })
        {
            throw Refusal.Generic(400, "\"title\" is required");
        }

        RequireSomebody(values.GetValueOrDefault("person_id"), values.GetValueOrDefault("organization_id"));
        return Show(call, ItemWriter.Create(call.Company, EntityKind.Lead, Present(values), call.Context), 201);
    }

    public static PipedriveReply Update(PipedriveCall call)
    {
        var lead = call.Item(EntityKind.Lead);
        var values = WriteBody.Lead(call, isNew: false);
        ArchiveRule.Check(call, lead, values);
        RequireSomebody(After("person_id"), After("organization_id"));
        var told = values.ContainsKey("is_archived") && !call.Switches.ArchivingTold ? call.Context with { IsUntold = true } : call.Context;
        ItemWriter.Update(call.Company, lead, values, told);
        return Show(call, lead, 200);

        object? After(string field) => values.TryGetValue(field, out var given) ? given : lead[field];
    }

    public static PipedriveReply Delete(PipedriveCall call)
    {
        var lead = call.Item(EntityKind.Lead);
        ItemWriter.Delete(call.Company, lead, call.Context);
        return Replies.Data(new JsonObject { ["id"] = lead.Id });
    }

    private static PipedriveReply Show(PipedriveCall call, Item lead, int status)
    {
        call.Reads.Add(lead.Id);
        var view = call.Request.Method == "GET" ? lead.Seen(call.SeenAt)!.Value : lead.View;
        return Replies.Data(LeadJson.Of(call, view), status);
    }

    private static PipedriveReply List(PipedriveCall call, bool isArchive)
    {
        var since = call.Request.Parameter("updated_since") is { } text && !isArchive
            ? PipedriveTimes.Lenient(text) ?? throw Refusal.Generic(400, "updated_since must be a valid date")
            : DateTimeOffset.MinValue;
        var found = call.Company.Table(EntityKind.Lead).All.Where(lead => !lead.IsGone)
            .Select(lead => lead.Seen(call.SeenAt)).OfType<ItemView>()
            .Where(view => (view["is_archived"] is true) == isArchive && view.UpdateTime >= since
                && Filters.All(filter => call.Request.Parameter(filter) is null || view[filter] as long? == call.Number(filter))).ToList();
        var page = OffsetPage.Of(call, Sort(call, found), found.Count, view => LeadJson.Of(call, view), call.Switches.LeadPaginationNested);
        call.Reads.AddRange(page.Shown.Select(view => view.Record.Id));
        return page.Reply;
    }

    /// <summary>Leads stand in the order in which they were made, unless another is asked for.</summary>
    private static IEnumerable<ItemView> Sort(PipedriveCall call, List<ItemView> leads)
    {
        IOrderedEnumerable<ItemView>? ordered = null;
        foreach (var part in call.List("sort"))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var key = Sorts.GetValueOrDefault(words[0]) ?? throw Refusal.Generic(400, $"\"sort\" does not know '{words[0]}'");
            var isDescending = words.Length > 1 && words[1].Equals("DESC", StringComparison.OrdinalIgnoreCase);
            ordered = (ordered, isDescending) switch
            {
                (null, false) => leads.OrderBy(key),
                (null, true) => leads.OrderByDescending(key),
                (_, false) => ordered.ThenBy(key),
                (_, true) => ordered.ThenByDescending(key),
            };
        }

        return ordered ?? (IEnumerable<ItemView>)leads;
    }

    private static void RequireSomebody(object? person, object? organization)
    {
        if (person is null && organization is null)
        {
            throw Refusal.Generic(400, "A lead must be linked to a person or an organization.");
        }
    }

    private static Dictionary<string, object?> Present(Dictionary<string, object?> values) => values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
}
