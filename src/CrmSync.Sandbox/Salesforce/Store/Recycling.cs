using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>The recycle bin, and merging, which puts the loser into it.</summary>
internal static class Recycling
{
    public static void Delete(Org org, OrgRow record, Transaction context) => Mark(org, record, true, null, context);

    public static void Undelete(Org org, OrgRow record, Transaction context) => Mark(org, record, false, null, context);

    /// <summary>Gone for good, without an event.</summary>
    public static void Purge(Org org, OrgRow record, Transaction context)
    {
        if (!record.IsDeleted)
        {
            Delete(org, record, context);
        }

        record.Purge();
    }

    /// <summary>The winner keeps its values and takes what it lacks; what hangs on the loser is hung on the winner.</summary>
    public static void Merge(Org org, OrgRow winner, OrgRow loser, Transaction context)
    {
        var taken = winner.Type.Fields.Where(field => field.IsUpdateable && winner[field] is null && loser[field] is not null)
            .ToDictionary(field => field.Name, field => loser[field]);
        foreach (var (type, field) in new[] { ("Task", "WhoId"), ("Event", "WhoId"), ("Note", "ParentId"), ("CampaignMember", "LeadId") })
        {
            foreach (var child in org.Table(type).Of(field, loser.Id).ToList())
            {
                RowWriter.Update(org, child, new Dictionary<string, object?> { [field] = winner.Id }, context);
            }
        }

        Mark(org, loser, true, winner.Id, context);
        RowWriter.Update(org, winner, taken, context);
    }

    private static void Mark(Org org, OrgRow record, bool isDeleted, string? master, Transaction context)
    {
        var row = new object?[record.Type.Fields.Count];
        record.State.Values.CopyTo(row, 0);
        row[SystemFields.IsDeleted] = isDeleted;
        if (record.Type.Find("MasterRecordId") is { } field)
        {
            row[field.Index] = master;
        }

        RowWriter.Enter(org, record, row, context);
        context.Note(record, "IsDeleted", !isDeleted, isDeleted);
        if (master is not null)
        {
            context.Note(record, "MasterRecordId", null, master);
        }

        org.Changed(new RowChange(isDeleted ? RowChangeKind.Delete : RowChangeKind.Undelete, record, [], context));
    }
}
