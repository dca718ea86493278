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

    /// <summary>When it was decided; null while it is not, or where nobody observed the instant.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When the first answer to the offer was given in writing; null before. Until a while after it, its giver may change the answer.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The CRM's id of the person who decided, where it tells.</summary>
    public string? DecidedBy { get; init; }
    public RejectionReason? Reason { get; init; }

    /// <summary>No new episode before this instant unless the lead raises its hand; <see cref="DateTimeOffset.MaxValue"/>: never.</summary>
    public DateTimeOffset? CoolOffUntil { get; init; }

    /// <summary>The answer that was last acted on, so that the same answer is not taken twice.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>A print of all facts but its acts, whatever the rules name, on which it was sent back; others are a reason to offer it again.</summary>
    public string? DataAtReturn { get; init; }

    /// <summary>When an incomplete answer was first seen; it is given time before it is asked back.</summary>
    public DateTimeOffset? IncompleteSince { get; init; }

    /// <summary>The CRM user who has the offer or the lead, and why it is them; null where nobody has.</summary>
    public string? OwnerId { get; init; }
    public AssignmentReason? AssignedBy { get; init; }

    /// <summary>The company at which it was offered: colleagues there are offered to the same person.</summary>
    public string? CompanyId { get; init; }

    /// <summary>This episode in somebody's hands.</summary>
    public Episode AssignedTo(Assignment assignment) => this with { OwnerId = assignment.OwnerId, AssignedBy = assignment.Reason };

    /// <summary>Sales found it: it was taken without an offer, and stays outside MQL to SAL.</summary>
    public bool SalesGenerated { get; init; }

    /// <summary>Marketing sent it although the rules did not.</summary>
    public bool Override { get; init; }

    /// <summary>A blocker stood when marketing sent it all the same: it does not withdraw the offer.</summary>
    public bool BlockedAtOffer { get; init; }

    /// <summary>Offered on a request of the lead itself: the shorter deadline.</summary>
    public bool HandRaise { get; init; }

    /// <summary>The stage the lead had once it was offered, or when its acceptance was taken back for missing data: beyond it, somebody moved it on.</summary>
    public LifecycleStage? OfferedStage { get; init; }

    /// <summary>When it was over: rejected, lapsed, recycled, won or lost.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// The last thing that people, or their silence, said of it. What ended without a word, or after it was accepted, was over
    /// when it ended, not when it was decided or due.
    /// </summary>
    public DateTimeOffset SettledAt =>
        (State is HandoverState.Recycled or HandoverState.Withdrawn or HandoverState.Superseded || Outcome == EpisodeOutcome.Lost ? EndedAt : null)
        ?? DecidedAt ?? DueAt ?? OpenedAt;

    /// <summary>The stage at which a no, or a lost sale, left the lead: from there it may come back.</summary>
    public LifecycleStage? EndedStage { get; init; }

    /// <summary>The first decision, where there is a later one.</summary>
    public EarlierDecision? CorrectedFrom { get; init; }

    /// <summary>When marketing disputed the rejection; it may once.</summary>
    public DateTimeOffset? DisputedAt { get; init; }

    /// <summary>Withdrawn because marketing asked to hold it: it comes back by itself once that is lifted.</summary>
    public bool OnHold { get; init; }

    /// <summary>The last reminder told, in percent of the time to answer.</summary>
    public int? ToldPercent { get; init; }

    /// <summary>When the deadline passed without an answer.</summary>
    public DateTimeOffset? BreachedAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>The CRM user to whom it went then.</summary>
    public string? EscalatedTo { get; init; }

    /// <summary>When the offer went to the next person because nobody answered; it does once. The deadline is theirs from then on.</summary>
    public DateTimeOffset? ReassignedAt { get; init; }

    /// <summary>Who did not answer before that; null where nobody had the offer.</summary>
    public string? PassedOver { get; init; }

    /// <summary>When the incomplete answer was asked back.</summary>
    public DateTimeOffset? IncompleteToldAt { get; init; }

    /// <summary>When the task was opened again, that somebody had closed without an answer; it is once.</summary>
    public DateTimeOffset? TaskReopenedAt { get; init; }

    /// <summary>When the task was made again, that somebody had deleted while there was more to tell; it is once an offer.</summary>
    public DateTimeOffset? TaskRemadeAt { get; init; }

    /// <summary>A deal was open since it was accepted: with none left, it is lost.</summary>
    public bool DealSeen { get; init; }

    /// <summary>The lead key and number of the episode that this one goes on from, after a merge.</summary>
    public string? MergedFrom { get; init; }

    /// <summary>
    /// The last answer of the record into which it was merged, and when that was given: what stands there answers that, and not
    /// this one. Null without a merge, or where that record had none.
    /// </summary>
    public string? OtherAnswer { get; init; }
    public DateTimeOffset? OtherAnswerAt { get; init; }

    /// <summary>Whether an answer is one to this episode: not given before its offer, nor to another one. An undated one is told by its value.</summary>
    public bool IsAnsweredBy(RepAnswer answer) =>
        answer.At is { } at ? !(at < OfferedAt) && !(at <= OtherAnswerAt) : OtherAnswer is null || answer.Value != OtherAnswer;

    /// <summary>The state as the audit names it: a lost sale goes before the acceptance it follows.</summary>
    public string AuditState => Outcome == EpisodeOutcome.Lost && State.IsAccepted() ? nameof(EpisodeOutcome.Lost) : State.ToString();

    /// <summary>A new episode may begin.</summary>
    public bool IsOver => !State.IsOpen() || (State.IsAccepted() && Outcome == EpisodeOutcome.Lost);
}
