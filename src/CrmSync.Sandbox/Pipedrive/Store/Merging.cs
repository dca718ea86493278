using System.Globalization;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>Merges persons or deals: the winner keeps its id, fills its gaps from the other, and gets what hung on it.</summary>
internal static class Merging
{
    private static readonly EntityKind[] Hanging = [EntityKind.Lead, EntityKind.Deal, EntityKind.Activity, EntityKind.Note];

    public static void Merge(PipedriveCompany company, Item winner, Item loser, CompanyWrite context)
    {
        var link = winner.Kind == EntityKind.Deal ? "deal_id" : winner.Kind == EntityKind.Person ? "person_id" : throw new ArgumentException("Only persons and deals are merged.");
        foreach (var kind in Hanging)
        {
            foreach (var item in company.Table(kind).Of(link, loser.Id).ToList())
            {
                ItemWriter.Update(company, item, new Dictionary<string, object?> { [link] = winner.Number }, context with { IsUntold = kind != EntityKind.Lead && kind != EntityKind.Deal });
            }
        }

        var gaps = loser.Values.Where(pair => winner[pair.Key] is null && pair.Key is not "merged_to_id" and not "is_deleted" and not "source_lead_id").ToDictionary(StringComparer.Ordinal);
        ItemWriter.Update(company, loser, new Dictionary<string, object?> { ["merged_to_id"] = winner.Number }, context with { IsUntold = true });
        ItemWriter.Delete(company, loser, context, mergedTo: winner.Id);
        ItemWriter.Update(company, winner, gaps, context, mergedFrom: loser.Id);
    }

    /// <summary>The record that a merged one lives on in.</summary>
    public static Item? Survivor(PipedriveCompany company, Item? item)
    {
        while (item?.Long("merged_to_id") is { } into)
        {
            item = company.Table(item.Kind).Find(into.ToString(CultureInfo.InvariantCulture));
        }

        return item;
    }
}
