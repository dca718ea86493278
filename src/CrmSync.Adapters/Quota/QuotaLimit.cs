namespace CrmSync.Adapters.Quota;

/// <summary>One limit of a vendor: so many requests in so long a window.</summary>
/// <param name="Limit">The whole limit; null: none known, nothing is held back.</param>
/// <param name="LongestWait">A longer wait parks the caller instead.</param>
internal sealed record QuotaLimit(string Budget, int? Limit, TimeSpan Window, TimeSpan LongestWait)
{
    /// <summary>What it counts.</summary>
    public string Unit { get; init; } = "requests";
}
