using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Reading and writing the records of v2.</summary>
internal static class ItemEndpoints
{
    public static Func<PipedriveCall, PipedriveReply> List(EntityKind kind) => call => ItemQuery.List(call, kind, view => view["is_deleted"] is not true);

    public static Func<PipedriveCall, PipedriveReply> Get(EntityKind kind) => call =>
    {
        ItemQuery.CheckIncluded(call);
        var item = call.Item(kind);
        if (item.IsDeleted && kind == EntityKind.Activity)
        {
            throw Refusal.NotFound(kind);
        }

        return Show(call, item);
    };

    public static Func<PipedriveCall, PipedriveReply> Create(EntityKind kind, string? needed) => call =>
    {
        var values = WriteBody.Strict(call, kind, isNew: true);
        if (needed is not null && values.GetValueOrDefault(needed) is null)
        {
            throw Refusal.Schema($"{needed}: Parameter '{needed}' is required");
        }

        return Show(call, ItemWriter.Create(call.Company, kind, values, call.Context));
    };

    public static Func<PipedriveCall, PipedriveReply> Update(EntityKind kind) => call =>
    {
        var item = call.Item(kind);
        var values = WriteBody.Strict(call, kind, isNew: false);
        if (item.IsDeleted)
        {
            throw Refusal.NotFound(kind);
        }

        ItemWriter.Update(call.Company, item, values, call.Context);
        return Show(call, item);
    };

    public static Func<PipedriveCall, PipedriveReply> Delete(EntityKind kind) => call =>
    {
        var item = call.Item(kind);
        if (item.IsDeleted)
        {
            throw Refusal.NotFound(kind);
        }

        ItemWriter.Delete(call.Company, item, call.Context);
        return Replies.Data(new JsonObject { ["id"] = item.Number });
    };

    public static PipedriveReply Show(PipedriveCall call, Item item)
    {
        if (item.Kind == EntityKind.Deal)
        {
            call.Reads.Add(item.Id);
        }

        // Who writes sees the present, however old the reads are.
        var view = call.Request.Method == "GET" ? item.Seen(call.SeenAt)!.Value : item.View;
        return Replies.Data(ItemJson.Of(call, view));
    }
}
