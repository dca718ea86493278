namespace CrmSync.Adapters;

/// <summary>How one of a connection's quotas of a day stands.</summary>
/// <param name="Budget">The vendor's quota, by its name, such as <c>daily</c>.</param>
/// <param name="Limit">The whole of it; null where neither settings nor an answer told.</param>
/// <param name="Share">Our part; the rest is left to people and other apps.</param>
/// <param name="Used">What we spent in the last 24 hours.</param>
/// <param name="Predicted">What we would spend in 24 hours at the pace of the last three.</param>
/// <param name="Left">What the vendor said last is left for everybody; null where it does not tell.</param>
/// <param name="Resting">The work that rests now, in the order in which work gives way: <c>sweeps</c>, <c>polls</c>.</param>
public sealed record QuotaStatus(string Budget, int? Limit, int? Share, int Used, int Predicted, int? Left, IReadOnlyList<string> Resting)
{
    /// <summary>What it counts, as a word between a number and "a day": <c>requests</c>, <c>tokens</c>.</summary>
    public string Unit { get; init; } = "requests";
}
