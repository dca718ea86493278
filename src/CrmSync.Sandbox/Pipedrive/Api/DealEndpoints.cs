using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>What deals have beyond other records: an archive, statuses, and a way back from deletion.</summary>
internal static class DealEndpoints
{
    private static readonly TimeSpan DeletedKept = TimeSpan.FromDays(30);
    private static readonly string[] Statuses = ["open", "won", "lost", "deleted"];

    public static PipedriveReply List(PipedriveCall call) => List(call, isArchive: false);

    public static PipedriveReply Archived(PipedriveCall call) => List(call, isArchive: true);

    public static PipedriveReply Update(PipedriveCall call)
    {
        var deal = call.Item(EntityKind.Deal);
        var values = WriteBody.Strict(call, EntityKind.Deal, isNew: false);
        var restores = values.GetValueOrDefault("is_deleted") is false;
        if (values.GetValueOrDefault("is_deleted") is true)
        {
            throw Refusal.Schema("is_deleted: Parameter 'is_deleted' cannot be true");
        }

        if (deal.IsDeleted && (!restores || deal["merged_to_id"] is not null))
        {
            throw Refusal.NotFound(EntityKind.Deal);
        }

        ArchiveRule.Check(call, deal, values);
        ItemWriter.Update(call.Company, deal, values, call.Context);
        return ItemEndpoints.Show(call, deal);
    }

    private static PipedriveReply List(PipedriveCall call, bool isArchive)
    {
        var statuses = call.List("status");
        if (statuses.FirstOrDefault(status => !Statuses.Contains(status)) is { } unknown)
        {
            throw Refusal.Schema($"status: '{unknown}' is not one of [open, won, lost, deleted]");
        }

        return ItemQuery.List(call, EntityKind.Deal, view => (view["is_archived"] is true) == isArchive && (view["is_deleted"] is true
            ? statuses.Contains("deleted") && view.UpdateTime >= call.Request.Now - DeletedKept
            : statuses.Count == 0 || statuses.Contains(view["status"] as string)));
    }

    public static PipedriveReply Merge(PipedriveCall call, EntityKind kind)
    {
        var loser = call.Item(kind);
        if (call.Body["merge_with_id"]?.AsValue().TryGetValue(out long into) != true || call.Company.Table(kind).Find(into) is not { IsDeleted: false } winner || winner == loser || loser.IsDeleted)
        {
            throw Refusal.Generic(400, "merge_with_id must be the id of another record");
        }

        Merging.Merge(call.Company, winner, loser, call.Context);
        return Replies.Data(new JsonObject { ["id"] = winner.Number });
    }
}

/// <summary>What is archived takes no edit but, perhaps, to leave the archive.</summary>
internal static class ArchiveRule
{
    public static void Check(PipedriveCall call, Item item, IReadOnlyDictionary<string, object?> values)
    {
        if (item.Flag("is_archived") && !(call.Switches.Unarchive && values.Count == 1 && values.GetValueOrDefault("is_archived") is false))
        {
            throw Refusal.Generic(400, $"Archived {item.Kind.Name} cannot be edited");
        }
    }
}
