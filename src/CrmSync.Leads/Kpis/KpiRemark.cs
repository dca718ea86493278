namespace CrmSync.Leads.Kpis;

/// <summary>What has to be said beside a figure.</summary>
public enum KpiRemarkKind
{
    /// <summary>Fewer than <see cref="Statistics.Fewest"/>: counts only.</summary>
    TooFew,

    /// <summary>Within so many days.</summary>
    WithinDays,

    /// <summary>Whoever is undecided is left out.</summary>
    UndecidedLeftOut,

    /// <summary>Arrivals of the period by starts of the period: no rate.</summary>
    Throughput,

    /// <summary>Only what is closed: biased low while sales are open.</summary>
    ClosedOnly,

    /// <summary>So many were listed, not averaged.</summary>
    NotAveraged,

    /// <summary>That share of the cohort was not reached.</summary>
    NotReached,

    /// <summary>Other ends compete; the young count as long as they were watched.</summary>
    Competing,

    /// <summary>Acceptances concluded from later stages: so many are among the hits.</summary>
    Concluded,

    /// <summary>The data do not tell it.</summary>
    NotKnown,

    /// <summary>Counted around the clock: no working hours are known.</summary>
    AroundTheClock,
}

/// <summary>A remark with its number, where it has one.</summary>
public readonly record struct KpiRemark(KpiRemarkKind Kind, long? Number = null);
