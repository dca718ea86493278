namespace CrmSync.Sandbox.HubSpot.Store;

internal enum ChangeKind
{
    Created,
    PropertyChanged,
    Archived,
    Erased,
    Merged,
    Associated,
    Dissociated,
}

/// <summary>Something that happened to a record, for whoever tells the world about it.</summary>
internal sealed record PortalChange(ChangeKind Kind, HubSpotRecord Record, WriteContext Context)
{
    public string? Property { get; init; }
    public string? Value { get; init; }

    /// <summary>The other end of an association, or the record that was merged away.</summary>
    public HubSpotRecord? Other { get; init; }

    /// <summary>The surviving record of a merge.</summary>
    public HubSpotRecord? Survivor { get; init; }
    public bool IsPrimary { get; init; }
    public int MovedProperties { get; init; }
}
