using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>HubSpot's default setting: a deal makes its contacts and companies opportunities, a won one makes them customers.</summary>
internal static class DealSync
{
    /// <summary>Follows a deal that was tied to somebody, or that moved on.</summary>
    public static void After(Portal portal, PortalChange change)
    {
        if (change.Kind != ChangeKind.Associated && change.Property != "dealstage")
        {
            return;
        }

        var deal = change.Record.Type == ObjectType.Deal ? change.Record : change.Other;
        if (deal?.Type == ObjectType.Deal)
        {
            Run(portal, deal, change.Context);
        }
    }

    private static void Run(Portal portal, HubSpotRecord deal, WriteContext context)
    {
        var stage = portal.DealStage(deal.State.Values.Get("dealstage"));
        if (!portal.Switches.DealStageSync || stage is null or { IsLost: true })
        {
            return;
        }

        var synced = context with { Actor = ChangeSource.LifecycleSync };
        foreach (var link in deal.Links?.ToList() ?? [])
        {
            if ((link.To == ObjectType.Contact || link.To == ObjectType.Company) && portal.Table(link.To).Find(link.ToId) is { State.IsArchived: false } record)
            {
                RecordWriter.Update(portal, record, new Dictionary<string, string> { [LifecycleStages.Property] = stage.IsWon ? "customer" : "opportunity" }, synced);
            }
        }
    }
}
