namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Takes records away: into the bin, or for good.</summary>
internal static class RecordEnding
{
    public static void Archive(Portal portal, HubSpotRecord record, WriteContext context)
    {
        if (record.State.IsArchived)
        {
            return;
        }

        RecordWriter.Enter(portal, record, record.State.Values, context.At.UtcTicks, context);
        context.Note(record, "archived", "false", "true");
        portal.Changed(new PortalChange(ChangeKind.Archived, record, context));
    }

    /// <summary>Erases a person for good, as the privacy law asks.</summary>
    public static void Erase(Portal portal, HubSpotRecord record, WriteContext context)
    {
        Associations.RemoveAll(portal, record);
        foreach (var definition in portal.Schema(record.Type).Properties.Where(definition => definition.HasUniqueValue))
        {
            portal.Table(record.Type).Index(definition.Name, record.State.Values.Get(definition.Name), null, record);
        }

        var ticks = context.At.UtcTicks;
        record.Erase(new RecordState(ValueBag.Empty, ticks, ticks, ticks));
        context.Note(record, "erased", "false", "true");
        portal.Changed(new PortalChange(ChangeKind.Erased, record, context));
        portal.Changed(new PortalChange(ChangeKind.Archived, record, context));
    }
}
