namespace CrmSync.Leads.Handover;

/// <summary>Who took a step.</summary>
public enum StepActor
{
    CrmSync,
    Person,
    Unknown,
}

/// <summary>One step of the hand-over: the episode as it becomes, and the stage it moves to.</summary>
/// <param name="At">When it happened; null where nobody observed it.</param>
public sealed record HandoverStep(Episode Episode, LifecycleStage ToStage, DateTimeOffset? At, StepActor Actor, string? PersonId = null)
{
    /// <summary>An offer: empties the answer field in the same request.</summary>
    public bool IsOffer => Episode.State == HandoverState.AwaitingDecision;

    /// <summary>An offer that marketing asked for by disputing a rejection.</summary>
    public bool IsDispute => IsOffer && At is not null && Episode.DisputedAt == At;

    /// <summary>An offer that goes from whoever did not answer to the next person; new to nobody but them.</summary>
    public bool IsReassignment => IsOffer && At is not null && Episode.ReassignedAt == At;
}

/// <summary>What the hand-over makes of a lead now.</summary>
/// <param name="Step">Null: nothing changes.</param>
/// <param name="Suppressed">Why something that was asked for was not done: a qualified lead not let in again, an answer not taken.</param>
/// <param name="LookAgainAt">When something can change although nothing happens.</param>
/// <param name="Episode">The episode with notes taken that are no step (an incomplete answer was seen).</param>
public sealed record HandoverMove(HandoverStep? Step, string? Suppressed, DateTimeOffset? LookAgainAt, Episode? Episode)
{
    /// <summary>Why marketing's request comes to nothing: it is to be answered, and cleared. Null: there is none, or it does not.</summary>
    public RequestRefusal? Refused { get; init; }

    /// <summary>What is to be told, in order.</summary>
    public IReadOnlyList<HandoverNotice> Notices { get; init; } = [];
}
