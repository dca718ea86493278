using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>What a connection would do, and what keeps it.</summary>
public sealed record ConnectionPlan
{
    public required string Connection { get; init; }

    /// <summary>Null: a shadow, that writes nothing.</summary>
    public DateTimeOffset? LiveSince { get; init; }

    /// <summary><c>complete</c> or <c>under way</c>.</summary>
    public required string Baseline { get; init; }
    public DateTimeOffset? BrakedSince { get; init; }

    /// <summary>Moves of our own that are let through in an hour.</summary>
    public required int MovesAnHour { get; init; }
    public required long Leads { get; init; }
    public IReadOnlyDictionary<string, long>? Stages { get; init; }
    public IReadOnlyDictionary<string, long>? Verdicts { get; init; }
    public required PlannedOffers Offers { get; init; }

    /// <summary>Such as <c>owner:42</c>; null: none runs.</summary>
    public string? Pilot { get; init; }

    /// <summary>Old leads chosen at going live.</summary>
    public int Backlog { get; init; }

    /// <summary>Old leads that a backlog of 30 days could choose from; in shadow only.</summary>
    public int? BacklogPossible { get; init; }

    /// <summary>Ready and not offered, best score first.</summary>
    public required IReadOnlyList<PlannedHold> HeldBack { get; init; }
    public required IReadOnlyList<PlannedParking> Parked { get; init; }

    /// <summary>In shadow only.</summary>
    public ShadowReport? Shadow { get; init; }
}

/// <param name="Until">Until when the limits hold; null in shadow.</param>
/// <param name="Today">New offers let through today, hand-raises left out.</param>
public sealed record PlannedOffers(int PerDay, int PerOwnerAndDay, DateTimeOffset? Until, int Today, IReadOnlyDictionary<string, int> TodayByOwner);

public sealed record PlannedHold(string LeadId, int Score, string? OwnerId, HoldCause Cause, DateTimeOffset Since);

public sealed record PlannedParking(string LeadId, DateTimeOffset Since, IReadOnlyList<StageChange> Changes);
