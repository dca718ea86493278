using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts.Story;

/// <summary>What happened to a lead in its hand-over.</summary>
public enum StoryKind
{
    FirstSeen,

    /// <summary>Somebody else changed the stage.</summary>
    StageSeen,

    /// <summary>The rules, or a person, made it an MQL.</summary>
    Qualified,
    Held,
    Offered,

    /// <summary>Nobody answered in time, and it went to the next person.</summary>
    Reassigned,

    /// <summary>The deadline passed without an answer.</summary>
    Overdue,
    Escalated,

    /// <summary>An answer lacked its reason and was asked back.</summary>
    AskedBack,
    TaskReopened,

    /// <summary>The task was deleted, and made again for what there was to tell.</summary>
    TaskRemade,
    Accepted,
    AcceptedBySilence,
    AcceptedByAction,
    Rejected,
    Returned,
    Disqualified,
    Expired,

    /// <summary>Sent back, and moved on or taken before the missing data came.</summary>
    WentOn,
    Superseded,

    /// <summary>The record was merged, and the hand-over goes on under the other one, or nowhere.</summary>
    Merged,

    /// <summary>An offer was taken back.</summary>
    Withdrawn,

    /// <summary>The record left the CRM, and an offer ended with it.</summary>
    Gone,

    /// <summary>Ended before it was offered to anybody.</summary>
    NeverOffered,
    Recycled,

    /// <summary>A later decision took the place of an earlier one.</summary>
    Corrected,
    Disputed,

    /// <summary>We moved the stage on: the work goes forward.</summary>
    StageMoved,
    Won,
    Lost,

    /// <summary>Something that was asked for, by people or by what the lead did, was not done.</summary>
    Suppressed,

    /// <summary>A decided step did not reach the CRM.</summary>
    NotWritten,
    Parked,

    /// <summary>What is being waited for now.</summary>
    Now,
}

/// <summary>One event of a lead's story. What does not apply is null.</summary>
/// <param name="At">Null: nobody observed the instant.</param>
public sealed record StoryEvent(StoryKind Kind, DateTimeOffset? At)
{
    public int? Episode { get; init; }
    public string? FromStage { get; init; }
    public string? ToStage { get; init; }

    /// <summary>As in the audit: <c>crmsync</c>, <c>person:&lt;id&gt;</c>, <c>automation</c> or <c>unknown</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>The CRM user to whom the lead was offered.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Code of the reason why that owner.</summary>
    public string? AssignedBy { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public RejectionReason? Reason { get; init; }

    /// <summary>Until when the lead rests; <see cref="DateTimeOffset.MaxValue"/>: for good.</summary>
    public DateTimeOffset? RestsUntil { get; init; }
    public int? Fit { get; init; }
    public int? Interest { get; init; }

    /// <summary>The criteria that were met, in words of the language asked for.</summary>
    public IReadOnlyList<string> Met { get; init; } = [];

    /// <summary>What keeps it: the text of a brake or of the CRM; of something not done, the code of the reason.</summary>
    public string? Because { get; init; }

    /// <summary>What is waited for now.</summary>
    public StoryWait? Waits { get; init; }
}

/// <summary>What a lead waits for.</summary>
public enum StoryWait
{
    /// <summary>Something new that the lead does.</summary>
    Evidence,

    /// <summary>Sales' answer.</summary>
    Answer,

    /// <summary>The offer gate, or room under a brake.</summary>
    Offer,

    /// <summary>The missing data.</summary>
    Data,

    /// <summary>Sales' work: the next stage.</summary>
    Work,

    /// <summary>The end of the cool-off.</summary>
    Rest,

    /// <summary>Nothing: it is over.</summary>
    Nothing,

    /// <summary>The CRM, to which a decided step is being written.</summary>
    Crm,

    /// <summary>An admin, who releases the brake on mass moves; since <see cref="StoryEvent.DueAt"/>.</summary>
    MassBrake,

    /// <summary>An admin, who lets it go or takes it out of quarantine.</summary>
    Admin,
}
