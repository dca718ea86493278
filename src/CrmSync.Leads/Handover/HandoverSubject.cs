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

    /// <summary>The CRM's deals are known, and none is open or won.</summary>
    public bool NoDealLeft { get; init; }

    /// <summary>The lead's record is a deal by now: there was one in this round, whatever became of it between two looks.</summary>
    public bool IsDeal { get; init; }

    /// <summary>When sales last spoke with the lead, and when it last booked a meeting; null where the CRM does not tell.</summary>
    public DateTimeOffset? ContactedAt { get; init; }
    public DateTimeOffset? MeetingBookedAt { get; init; }

    /// <summary>What is known of the lead, beside what it did, is not what it was sent back on.</summary>
    public bool DataChanged { get; init; }
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

    /// <summary>The last of these that a person made; an import opens no episode.</summary>
    public DateTimeOffset? PersonStageAt { get; init; }

    /// <summary>Who that was, and whether the CRM dated it (else the instant is when we saw it).</summary>
    public string? PersonStageBy { get; init; }
    public bool PersonStageDated { get; init; }

    /// <summary>
    /// The last of these that a workflow or a list of the CRM made: marketing's word that the lead is an MQL, so it opens an
    /// episode as evidence does, but shortens no cool-off, which a person can.
    /// </summary>
    public DateTimeOffset? WorkflowStageAt { get; init; }

    /// <summary>Whatever stage stands, an automation set it last: it neither accepts nor ends anything.</summary>
    public bool StageByAutomation { get; init; }

    /// <summary>The stage from which somebody else took the lead back: it is not written again.</summary>
    public LifecycleStage? TakenBackFrom { get; init; }

    /// <summary>What marketing asks for.</summary>
    public MarketingRequest? Request { get; init; }

    /// <summary>The offer's task is closed in the CRM.</summary>
    public bool TaskCompleted { get; init; }

    /// <summary>Somebody deleted it.</summary>
    public bool TaskGone { get; init; }

    /// <summary>That an answer had no open offer was explained since the last offer.</summary>
    public bool NoOfferExplained { get; init; }

    /// <summary>Acts up to this instant qualify the lead by an edit of the rules alone, which opens nothing.</summary>
    public DateTimeOffset? SettledUpTo { get; init; }

    /// <summary>The offer gate passes a lead that waits by an edit of the rules alone, which offers nothing.</summary>
    public bool OfferOpenedByEdit { get; init; }
}
