using System.Collections.ObjectModel;
using CrmSync.Leads;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters;

public enum CrmReadingKind
{
    Found,

    /// <summary>Deleted, erased or archived.</summary>
    Gone,

    /// <summary>Merged away or converted: look at <see cref="CrmReading.MovedTo"/> instead.</summary>
    Moved,

    /// <summary>The CRM answered, but not with a lead we can understand: see <see cref="CrmReading.Reason"/>.</summary>
    Unreadable,
}

/// <summary>What the CRM said of one id.</summary>
public sealed record CrmReading(string LeadId, CrmReadingKind Kind, CrmLead? Lead = null, string? MovedTo = null, string? Reason = null)
{
    /// <summary>Of one that moved: how its stage went until then, oldest first, where the CRM keeps that apart from what it became; null as <see cref="CrmLead.StageHistory"/>.</summary>
    public IReadOnlyList<FieldChange>? EarlierStages { get; init; }

    /// <summary>Of one that is unreadable: that is no fault of the record's, and a reading after <see cref="ICrmAdapter.SettleTime"/> will tell more.</summary>
    public bool IsPassing { get; init; }
}

/// <summary>One lead as the CRM holds it now.</summary>
public sealed record CrmLead
{
    public required LeadRef Ref { get; init; }

    /// <summary>The kind of record in the product's words: <c>contact</c>, <c>lead</c>, <c>deal</c>.</summary>
    public required string ObjectKind { get; init; }

    /// <summary>The CRM's own value for the stage; null when empty.</summary>
    public string? StageValue { get; init; }

    /// <summary>The canonical stage; null when empty or when the account's value is mapped to none.</summary>
    public LifecycleStage? Stage { get; init; }

    /// <summary>The record has a place for a stage; where it has none, <see cref="StageValue"/> is what the CRM shows elsewhere, and no write changes it.</summary>
    public bool HoldsStage { get; init; } = true;

    /// <summary><see cref="StageValue"/> is that of a deal, which goes further than the record's own: no write to the record changes it.</summary>
    public bool HasStageOfDeal { get; init; }

    /// <summary>When the stage was entered, where the CRM tells.</summary>
    public DateTimeOffset? StageSince { get; init; }

    /// <summary>Raw values of the hand-over fields by <see cref="CrmSync.Leads.Fields.HandoverFields"/> name; absent when empty, or beyond the depth.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public string? OwnerId { get; init; }

    /// <summary>When somebody in sales last spoke with or wrote to the person, where the CRM tells.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>The company the lead belongs to, and who owns it; null where there is none, or the depth includes no facts.</summary>
    public string? CompanyId { get; init; }
    public string? CompanyOwnerId { get; init; }

    /// <summary>Somebody closed the task of the open offer; known only to readings that looked at it.</summary>
    public bool TaskCompleted { get; init; }

    /// <summary>There is no such task: it was deleted, or never came to be; known as <see cref="TaskCompleted"/>.</summary>
    public bool TaskGone { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Ids that now answer as this record.</summary>
    public IReadOnlyList<string> FormerIds { get; init; } = [];

    /// <summary>Since when, at the latest, each of them is this record, by the CRM's clock; without those of which the CRM does not tell it.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FormerSince { get; init; } = ReadOnlyDictionary<string, DateTimeOffset>.Empty;

    /// <summary>
    /// The delivery by which a poll will tell of the record as it now stands, where the CRM says that we were the last to change it
    /// (see <see cref="ChangedRecord.Delivery"/>); null where somebody else was, or where that cannot be told.
    /// </summary>
    public string? Echo { get; init; }

    /// <summary>
    /// A print of everything on the record itself that somebody may change, but its stage, its owner and what we and people write to each
    /// other there: equal ones mean that nothing of it changed. Null where the adapter makes none, and for a mere <see cref="ReadDepth.Guard"/>.
    /// </summary>
    public string? Print { get; init; }

    /// <summary>
    /// How the deal stands that the record itself is, where it is one; null otherwise. It alone tells what came of this lead: the facts
    /// tell of all deals of the person.
    /// </summary>
    public OwnDeal? OwnDeal { get; init; }

    /// <summary>All deals of the person with their dates, where the record itself is none and the CRM tells them; null: only the facts tell, of all of them together.</summary>
    public IReadOnlyList<PersonDeal>? Deals { get; init; }

    /// <summary>Null unless the depth includes facts.</summary>
    public LeadFacts? Facts { get; init; }

    /// <summary>Oldest first; null unless the depth includes history and the CRM keeps it.</summary>
    public IReadOnlyList<FieldChange>? StageHistory { get; init; }

    /// <summary>History of the answer field, as <see cref="StageHistory"/>.</summary>
    public IReadOnlyList<FieldChange>? AnswerHistory { get; init; }

    /// <summary>History of the comment on the answer, as <see cref="StageHistory"/>.</summary>
    public IReadOnlyList<FieldChange>? CommentHistory { get; init; }

    /// <summary>History of marketing's request, as <see cref="StageHistory"/>.</summary>
    public IReadOnlyList<FieldChange>? RequestHistory { get; init; }

    /// <summary>When the marker that stands was written, by the CRM's clock; null as <see cref="StageHistory"/>.</summary>
    public DateTimeOffset? MarkerSince { get; init; }
}

/// <summary>One past value of a field. <paramref name="Value"/> is null when cleared.</summary>
public sealed record FieldChange(string? Value, DateTimeOffset At, ChangeActor Actor);

/// <summary>Who made a change, as far as the CRM tells.</summary>
public sealed record ChangeActor(ChangeActorKind Kind, string? Id = null)
{
    public static ChangeActor Unknown { get; } = new(ChangeActorKind.Unknown);

    /// <summary>Known to be no person at the moment of the change.</summary>
    public bool IsMachine => Kind is ChangeActorKind.Automation or ChangeActorKind.Workflow or ChangeActorKind.Integration;
}

public enum ChangeActorKind
{
    Unknown,
    Person,

    /// <summary>Whatever runs by itself and is not told apart: imports, syncs, forms, calculations.</summary>
    Automation,

    /// <summary>A workflow or a list that people set up in the CRM: what it sets, they meant to be set.</summary>
    Workflow,

    /// <summary>Written through the API: us or another integration; the marker tells which.</summary>
    Integration,
}
