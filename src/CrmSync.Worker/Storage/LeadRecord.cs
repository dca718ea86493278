using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage;

/// <summary>What is remembered of one lead between passes.</summary>
public sealed record LeadRecord
{
    /// <summary>Random; survives conversion and merge, and says nothing of the person.</summary>
    public required string LeadKey { get; init; }
    public required string Connection { get; init; }
    public required string ObjectKind { get; init; }

    /// <summary>The id first seen; later ones are aliases.</summary>
    public required string LeadId { get; init; }

    /// <summary>Canonical stage, by the last confirmed audit row.</summary>
    public LifecycleStage? Stage { get; init; }

    /// <summary>The CRM's own stage value when last confirmed: what a foreign change is told by.</summary>
    public string? CrmStage { get; init; }

    /// <summary>The latest episode; null before the first.</summary>
    public Episode? Episode { get; init; }
    public LeadMemory Memory { get; init; } = new();
}

/// <summary>The rest of what is remembered, kept as one JSON body.</summary>
public sealed record LeadMemory
{
    /// <summary>Salt of this lead's evidence, lower hex; erased with it.</summary>
    public string? Salt { get; init; }

    /// <summary>Salted hash of the facts that the rule set names, when last judged.</summary>
    public string? FactsHash { get; init; }
    public string? EvidenceHash { get; init; }

    /// <summary>The last marker that we know the CRM holds.</summary>
    public string? Marker { get; init; }

    /// <summary>The lead went into a record that was there before, and that stood further back: its stage is still to be written there.</summary>
    public bool IsBehind { get; init; }

    /// <summary>A stage that somebody else set and that holds until newer evidence.</summary>
    public DateTimeOffset? ForeignStageAt { get; init; }

    /// <summary>The last of these that no import, sync or workflow made.</summary>
    public DateTimeOffset? PersonStageAt { get; init; }

    /// <summary>Who that was, and whether the CRM dated it.</summary>
    public string? PersonStageBy { get; init; }
    public bool PersonStageDated { get; init; }

    /// <summary>When a workflow or a list of the CRM last set the stage.</summary>
    public DateTimeOffset? WorkflowStageAt { get; init; }

    /// <summary>The last of the changes by others was an automation's.</summary>
    public bool StageByAutomation { get; init; }

    /// <summary>The stage from which somebody else took the lead back, until they move it on again.</summary>
    public LifecycleStage? TakenBackFrom { get; init; }

    /// <summary>Lifetime counters of the CRM, as differences between readings.</summary>
    public IReadOnlyDictionary<string, CounterMemory> Counters { get; init; } = new Dictionary<string, CounterMemory>();

    /// <summary>An answer that a write of ours, a moment later, took out of its field: it counts as if it stood there.</summary>
    public WipedAnswer? Wiped { get; init; }

    /// <summary>Why the lead was not let in again, when last looked at; a row is written when it changes, and when the lead tries anew.</summary>
    public string? Suppressed { get; init; }

    /// <summary>The newest act that was known then.</summary>
    public DateTimeOffset? SuppressedAct { get; init; }

    /// <summary>That an answer had no open offer was explained since the last offer.</summary>
    public bool NoOfferExplained { get; init; }

    /// <summary>The last request of marketing's that came to nothing; null: none did.</summary>
    public AnsweredRequest? RefusedRequest { get; init; }

    /// <summary>Hash of the findings that the text "not yet" in the CRM was written from.</summary>
    public string? NotYetPrint { get; init; }

    /// <summary>What the rules said when last asked.</summary>
    public LastJudgement? LastJudged { get; init; }

    /// <summary>Acts up to this instant qualify the lead by an edit of the rules alone: only something newer opens a hand-over.</summary>
    public DateTimeOffset? SettledUpTo { get; init; }

    /// <summary>Facts on which a waiting lead may be offered by an edit of the rules alone: only other facts bring the offer.</summary>
    public string? OfferSettledOn { get; init; }

    /// <summary>The CRM user to whom the record belonged when last read.</summary>
    public string? OwnerId { get; init; }

    /// <summary>What keeps the lead from being offered although the rules would; null: nothing.</summary>
    public HeldBack? BrakeHold { get; init; }

    /// <summary>Since when the brake on mass moves keeps a step of ours that is due; null: it keeps none.</summary>
    public DateTimeOffset? MoveHeldSince { get; init; }

    /// <summary>Nothing more is written to this lead until somebody lets it go.</summary>
    public Parking? Parked { get; init; }

    /// <summary>Chosen at going live: what it did after this instant may open an episode, although it lies before.</summary>
    public DateTimeOffset? BacklogFrom { get; init; }

    /// <summary>When the offer was made that an admin takes back, if nobody has touched it; a later one is not meant.</summary>
    public DateTimeOffset? TakeBackOffer { get; init; }

    /// <summary>The keys of the leads that were merged into this one, once their episodes were taken over.</summary>
    public IReadOnlyList<string> Absorbed { get; init; } = [];

    /// <summary>The key of the lead that took this one's episodes over; the record itself may never have told of the merge.</summary>
    public string? AbsorbedBy { get; init; }

    /// <summary>The episode as it was when the lead was merged into another one, for that one to take over.</summary>
    public Episode? MergedEpisode { get; init; }

    /// <summary>The numbers of those of its episodes that a merge ended because another one goes on: they leave every rate.</summary>
    public IReadOnlyList<int> MergedAway { get; init; } = [];

    /// <summary>The record was deleted or archived.</summary>
    public bool IsGone { get; init; }
}

/// <summary>A request of marketing's that came to nothing, and when it was last answered so.</summary>
public sealed record AnsweredRequest(RequestRefusal Refusal, DateTimeOffset At);

/// <summary>An answer that stands in the CRM's history alone, and when and by whom it was given as the CRM tells.</summary>
/// <param name="Text">The comment that went with it, and out of its field with it; null: none.</param>
/// <param name="Under">The answer that our write put in its place; null: it emptied the field, or the CRM's history tells whose it is.</param>
public sealed record WipedAnswer(string Value, DateTimeOffset At, string? PersonId, string? Text = null, string? Under = null);

/// <summary>By which rules (their agreement hash), whether they made the lead an MQL, and the newest act of any kind that was known.</summary>
public sealed record LastJudgement(string Rules, bool Qualified, DateTimeOffset? NewestAct)
{
    /// <summary>What the offer gate said; null: not remembered.</summary>
    public bool? MayBeOffered { get; init; }

    /// <summary>A print of all that was known, whatever the rules name; kept while the lead waits for its offer.</summary>
    public string? Facts { get; init; }
}

/// <summary>A lifetime counter watched since an instant, and the increases seen.</summary>
public sealed record CounterMemory(DateTimeOffset Since, long Total, IReadOnlyList<EngagementAct> Acts);
