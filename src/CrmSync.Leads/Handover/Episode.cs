namespace CrmSync.Leads.Handover;

/// <summary>How an episode ended commercially.</summary>
public enum EpisodeOutcome
{
    Open,
    Won,
    Lost,
}

/// <summary>One pass of one lead from MQL to a decision and its outcome. Numbered per lead from 1.</summary>
public sealed record Episode
{
    public required int Number { get; init; }
    public required HandoverState State { get; init; }
    public EpisodeOutcome Outcome { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>When sales must have answered.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public RejectionReason? Reason { get; init; }

    /// <summary>No new episode before this instant unless the lead raises its hand; <see cref="DateTimeOffset.MaxValue"/>: never.</summary>
    public DateTimeOffset? CoolOffUntil { get; init; }

    /// <summary>The answer that was last acted on, so that the same answer is not taken twice.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>A print of all facts, whatever the rules name, on which it was sent back; other facts are a reason to offer it again.</summary>
    public string? FactsAtReturn { get; init; }

    /// <summary>When an incomplete answer was first seen; it is given time before it is asked back.</summary>
    public DateTimeOffset? IncompleteSince { get; init; }

    /// <summary>The CRM user who has the offer or the lead, and why it is them; null where nobody has.</summary>
    public string? OwnerId { get; init; }
    public AssignmentReason? AssignedBy { get; init; }

    /// <summary>The company at which it was offered: colleagues there are offered to the same person.</summary>
    public string? CompanyId { get; init; }

    /// <summary>This episode in somebody's hands.</summary>
    public Episode AssignedTo(Assignment assignment) => this with { OwnerId = assignment.OwnerId, AssignedBy = assignment.Reason };
}
