namespace CrmSync.Worker.Configuration;

/// <summary>How many new offers a connection may make in its first days; hand-raises are exempt.</summary>
/// <param name="PerOwnerAndDay">1 to 1,000; leads without an owner count as one owner's.</param>
/// <param name="PerDay">1 to 1,000.</param>
/// <param name="Days">How long after going live, 0 to 365; 0: no limit.</param>
public sealed record OfferLimits(int PerOwnerAndDay, int PerDay, int Days)
{
    public static OfferLimits Default { get; } = new(5, 25, 7);
    public static OfferLimits None { get; } = new(1, 1, 0);
}

/// <summary>What the leads of a pilot have in common.</summary>
public enum PilotKind
{
    Owner,
    List,
    Lead,
}

/// <summary>Only these leads are offered; all others are judged and left alone.</summary>
public sealed record Pilot(PilotKind Kind, string Id)
{
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Id}";
}
