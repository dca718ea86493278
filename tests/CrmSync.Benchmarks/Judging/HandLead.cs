namespace CrmSync.Benchmarks.Judging;

/// <summary>
/// A lead as somebody would type it who knows the twelve criteria beforehand. Texts are as the CRM has them; null is
/// unknown. Instants are UTC ticks.
/// </summary>
public sealed class HandLead
{
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Role { get; init; }
    public string[]? BuyingRoles { get; init; }
    public string? PersonCountry { get; init; }
    public string? CompanyCountry { get; init; }
    public string? Industry { get; init; }
    public int? Employees { get; init; }
    public bool? Need { get; init; }
    public bool? Timeline { get; init; }
    public HandActs? HandRaises { get; init; }
    public HandActs? Meetings { get; init; }
    public HandActs? Webinars { get; init; }
    public HandActs? Downloads { get; init; }
    public HandActs? PageViews { get; init; }
    public HandActs? EmailClicks { get; init; }
    public HandActs? SocialClicks { get; init; }
    public HandActs? AdForms { get; init; }
}

/// <summary>One kind of act: those known one by one, a lifetime counter, and the latest of all.</summary>
/// <param name="Total">-1: not counted.</param>
/// <param name="LastTicks">-1: not told.</param>
/// <param name="CompleteSinceTicks"><see cref="long.MaxValue"/>: never complete; 0: always.</param>
public sealed record HandActs(HandAct[] Acts, long Total = -1, long LastTicks = -1, long CompleteSinceTicks = long.MaxValue);

public readonly record struct HandAct(long Ticks, int Count);

/// <summary>What one criterion saw.</summary>
/// <param name="Result">-1 not met, 0 unknown, 1 met.</param>
/// <param name="SeenTicks">The latest act in the window, or 0.</param>
/// <param name="Open">The most that it can still bring, 0 unless it is unknown.</param>
internal readonly record struct HandFinding(int Result, int Points, long Count, long SeenTicks, int Open = 0);
