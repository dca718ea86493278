using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>HubSpot's default setting: a deal makes its contacts and companies opportunities, a won one makes them customers.</summary>
internal static class DealStageSync
{
    /// <summary>Follows a deal that was tied to somebody, or that moved on.</summary>
    public static void After(Portal portal, PortalChange change)
    {
        var deal = new[] { change.Record, change.Other }.FirstOrDefault(record => record?.Type == ObjectType.Deal);
        if (deal is not null && (change.Kind == ChangeKind.Associated || change.Property == "dealstage"))
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

        var synced = context with { Actor = Actor.LifecycleSync };
        foreach (var link in deal.Links?.ToList() ?? [])
        {
            if ((link.To == ObjectType.Contact || link.To == ObjectType.Company) && portal.Table(link.To).Find(link.ToId) is { State.IsArchived: false } record)
            {
                RecordWriter.Update(portal, record, new Dictionary<string, string> { [LifecycleStages.Property] = stage.IsWon ? "customer" : "opportunity" }, synced);
            }
        }
    }
}
