namespace CrmSync.Leads.Rules;

/// <summary>
/// What must hold for a step. Every part that is set must hold; a hand-raise stands in for the two thresholds where
/// <see cref="OrHandRaise"/> says so. Criteria are named by their index in the criteria of the gate's policy.
/// </summary>
public sealed record Gate
{
    /// <summary>Lowest fit score, 0 to 100.</summary>
    public int? Fit { get; init; }

    /// <summary>Lowest interest score, 0 to 100.</summary>
    public int? Interest { get; init; }

    public bool OrHandRaise { get; init; }

    /// <summary>Each must be met.</summary>
    public IReadOnlyList<int> Met { get; init; } = [];

    /// <summary>So many of <see cref="Of"/> must be met.</summary>
    public int AtLeast { get; init; }

    public IReadOnlyList<int> Of { get; init; } = [];

    /// <summary>None may be NotMet; unknown passes.</summary>
    public IReadOnlyList<int> NoneNotMet { get; init; } = [];

    /// <summary>Slots of facts of which at least one must be known.</summary>
    public IReadOnlyList<int> AnyKnown { get; init; } = [];
}

/// <summary>MQL to marketing-qualify, Offer to hand over (after MQL, and no blocker), SalesQualified after acceptance.</summary>
public sealed record Gates(Gate Mql, Gate Offer, Gate SalesQualified)
{
    public IEnumerable<Gate> All => [Mql, Offer, SalesQualified];
}

/// <summary>How a gate answered; the order is that of <see cref="CriterionResult"/>.</summary>
public enum GateResult
{
    NoPass,
    NotEnoughData,
    Pass,
}
