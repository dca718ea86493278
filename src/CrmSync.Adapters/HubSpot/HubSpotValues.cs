using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>What HubSpot writes in forms of its own; every value of it is text.</summary>
internal static class HubSpotValues
{
    public static FactValue Parse(FactType type, string? text) => RawValues.Parse(type, text, HubSpotStreams.Instant);

    /// <summary>Two lists, of which the second joins each id with the instant of its merge.</summary>
    public static IEnumerable<string> FormerIds(HubSpotObject contact) =>
        RawValues.Choices(contact["hs_merged_object_ids"])
            .Concat(RawValues.Choices(contact["hs_calculated_merged_vids"]).Select(pair => pair.Split(':')[0]))
            .Where(id => id != contact.Id)
            .Distinct();

    /// <summary>When the last of them was merged into it; null where that list is empty, or says it in a way that is new to us.</summary>
    public static DateTimeOffset? MergedAt(HubSpotObject contact) =>
        RawValues.Choices(contact["hs_calculated_merged_vids"]).Select(pair => pair.Split(':') is [_, var at] ? HubSpotStreams.Instant(at) : null).Max();
}
