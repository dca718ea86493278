namespace CrmSync.Adapters;

/// <summary>
/// A record that changed. <paramref name="Delivery"/> is the same for the same change however often it is seen
/// (record, and its modified instant).
/// </summary>
public sealed record ChangedRecord(string Id, string Delivery);

/// <summary>A page of changes; <paramref name="More"/>: ask again at once.</summary>
public sealed record ChangePage(IReadOnlyList<ChangedRecord> Records, string Position, bool More);

/// <summary>A page of the full list of leads.</summary>
public sealed record SweepPage(IReadOnlyList<string> LeadIds, string? Position)
{
    /// <summary>Records that leads became, and whose changes a stream tells: whoever is known by one of these ids is there, and needs no look.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];
}
