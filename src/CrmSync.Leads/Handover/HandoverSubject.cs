namespace CrmSync.Leads.Handover;

/// <summary>What the rules say of a lead, as far as the hand-over asks.</summary>
public sealed record LeadAssessment
{
    public bool MarketingQualified { get; init; }
    public bool MayBeOffered { get; init; }
    public bool SalesQualified { get; init; }
    public bool HandRaise { get; init; }

    /// <summary>A blocker is met.</summary>
    public bool Blocked { get; init; }

    /// <summary>The newest thing the lead did; null when nothing is known.</summary>
    public DateTimeOffset? LatestEvidenceAt { get; init; }

    /// <summary>The newest hand-raise.</summary>
    public DateTimeOffset? HandRaisedAt { get; init; }
    public bool DealOpen { get; init; }
    public bool DealWon { get; init; }

    /// <summary>The facts differ from those on which the lead was sent back.</summary>
    public bool FactsChanged { get; init; }
}

/// <summary>A lead as the hand-over sees it.</summary>
public sealed record HandoverSubject
{
    /// <summary>Null: the CRM's stage is outside the model, and nothing is done.</summary>
    public required LifecycleStage? Stage { get; init; }
    public Episode? Episode { get; init; }
    public RepAnswer? Answer { get; init; }

    /// <summary>When somebody else last set the stage; it holds until newer evidence.</summary>
    public DateTimeOffset? ForeignStageAt { get; init; }

    /// <summary>The last of these that a person made: an import or a workflow opens no episode.</summary>
    public DateTimeOffset? PersonStageAt { get; init; }

    /// <summary>The stage from which somebody else took the lead back: it is not written again.</summary>
    public LifecycleStage? TakenBackFrom { get; init; }

    /// <summary>Acts up to this instant qualify the lead by an edit of the rules alone, which opens nothing.</summary>
    public DateTimeOffset? SettledUpTo { get; init; }

    /// <summary>The offer gate passes a lead that waits by an edit of the rules alone, which offers nothing.</summary>
    public bool OfferOpenedByEdit { get; init; }
}

/// <summary>Who took a step.</summary>
public enum StepActor
{
    CrmSync,
    Person,
    Unknown,
}

/// <summary>One step of the hand-over: the episode as it becomes, and the stage it moves to.</summary>
public sealed record HandoverStep(Episode Episode, LifecycleStage ToStage, DateTimeOffset At, StepActor Actor, string? PersonId = null)
{
    /// <summary>An offer: empties the answer field in the same request.</summary>
    public bool IsOffer => Episode.State == HandoverState.AwaitingDecision;
}

/// <summary>What the hand-over makes of a lead now.</summary>
/// <param name="Step">Null: nothing changes.</param>
/// <param name="Suppressed">Why a qualified lead was not let in again; null otherwise.</param>
/// <param name="LookAgainAt">When something can change although nothing happens.</param>
/// <param name="Episode">The episode with notes taken that are no step (an incomplete answer was seen).</param>
public sealed record HandoverMove(HandoverStep? Step, string? Suppressed, DateTimeOffset? LookAgainAt, Episode? Episode);
