using CrmSync.Adapters;
using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Sync;

/// <summary>What came of one hand-over, by those deals that are its own: a person may have bought before, and may buy beside it.</summary>
internal static class SaleOf
{
    /// <summary>Null: the CRM does not tell whose deals they are, so that the facts of the person count.</summary>
    public static DealStanding? Standing(Episode? episode, CrmLead crm)
    {
        // What ended before this round was offered is an earlier round's: the deals of the person tell what comes of this one.
        if (crm.OwnDeal is { } own)
            return own.Stands == DealStanding.Open || !(own.Since < episode?.OfferedAt) ? own.Stands : null;
        // Whoever was taken by sales without an offer may have been sold to before we heard of it.
        if (crm.Deals is not { } deals || episode is null or { SalesGenerated: true })
            return null;
        var stands = deals.Where(deal => IsOf(deal, episode)).Select(deal => deal.Stands).ToHashSet();
        return stands.Contains(DealStanding.Won) ? DealStanding.Won
            : stands.Contains(DealStanding.Open) ? DealStanding.Open
            : stands.Contains(DealStanding.Lost) ? DealStanding.Lost
            : DealStanding.None;
    }

    /// <summary>Made after the lead became an MQL, or the very one of its conversion; and not closed before.</summary>
    private static bool IsOf(PersonDeal deal, Episode episode)
    {
        var from = episode.OpenedAt - TwoClocks.Apart;
        return (deal.IsNamed || !(deal.CreatedAt < from)) && (deal.Stands == DealStanding.Open || !(deal.Since < from));
    }
}
