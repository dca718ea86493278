using System.Collections.ObjectModel;
using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>What HubSpot writes in forms of its own; every value of it is text.</summary>
internal static class HubSpotValues
{
    public static FactValue Parse(FactType type, string? text) => RawValues.Parse(type, text, HubSpotStreams.Instant);

    /// <summary>Two lists, of which the second joins each id with the instant of its merge.</summary>
    public static IEnumerable<string> FormerIds(HubSpotObject contact) =>
        RawValues.Choices(contact[HubSpotPropertyNames.Merged])
            .Concat(RawValues.Choices(contact[HubSpotPropertyNames.MergedAndWhen]).Select(pair => pair.Split(':')[0]))
            .Where(id => id != contact.Id)
            .Distinct();

    /// <summary>When they were merged: as the first list grew, where its history was read, else as the second tells, which does not know all of them.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset> FormerSince(HubSpotObject contact)
    {
        if (contact[HubSpotPropertyNames.Merged] is null && contact[HubSpotPropertyNames.MergedAndWhen] is null)
            return ReadOnlyDictionary<string, DateTimeOffset>.Empty;
        var since = new Dictionary<string, DateTimeOffset>();
        foreach (var version in HubSpotHistory.Read(contact, HubSpotPropertyNames.Merged) ?? [])
        {
            foreach (var id in RawValues.Choices(version.Value))
                since.TryAdd(id, version.At);
        }
        foreach (var pair in RawValues.Choices(contact[HubSpotPropertyNames.MergedAndWhen]).Select(pair => pair.Split(':')))
        {
            if (pair is [var id, var at] && HubSpotStreams.Instant(at) is { } instant)
                since.TryAdd(id, instant);
        }
        return since;
    }
}
