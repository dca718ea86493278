using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage;

/// <summary>Facts, findings and inputs of a judgement as canonical JSON; the hash is over the salt and all three.</summary>
public sealed record EvidenceRow(string Hash, string LeadKey, string Salt, string Facts, string Findings, string Inputs);

/// <summary>That a lead was judged, and how.</summary>
public sealed record JudgementRow(string LeadKey, DateTimeOffset JudgedAt, string EvidenceHash, string Verdict);

/// <summary>When somebody in sales tried to reach the person of an offer.</summary>
public sealed record FirstContact(int Episode, DateTimeOffset At);

/// <summary>Everything that one pass over one lead leaves behind; recorded in one transaction.</summary>
public sealed record LeadPass
{
    public required TakenLead Taken { get; init; }

    /// <summary>Inserted or replaced by its key; null when nothing is to be remembered.</summary>
    public LeadRecord? Lead { get; init; }

    /// <summary>Keys of the leads whose episodes this one took over in this pass.</summary>
    public IReadOnlyList<string> Absorbed { get; init; } = [];

    /// <summary>Further ids that now mean this lead.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public IReadOnlyList<AuditDraft> Audit { get; init; } = [];
    public EvidenceRow? Evidence { get; init; }
    public JudgementRow? Judgement { get; init; }
    public IReadOnlyList<IntentRow> Intents { get; init; } = [];

    /// <summary>Tasks and notes that come of the pass itself; those of a step wait in its intent until it is applied.</summary>
    public IReadOnlyList<LeadActivity> Activities { get; init; } = [];

    /// <summary>Whose turn the pass took, so that the next one has the next.</summary>
    public TurnTaken? Turn { get; init; }

    /// <summary>An attempt to reach the person of the offer; of several the first that was recorded stays.</summary>
    public FirstContact? FirstContact { get; init; }

    /// <summary>Lost edits as they are kept on, and those that the pass has dealt with.</summary>
    public IReadOnlyList<LostEdit> KeptEdits { get; init; } = [];
    public IReadOnlyList<LostEdit> ToldEdits { get; init; } = [];

    /// <summary>When to look again although nothing changed; replaces the lead's earlier due row. Null removes it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Leads to be looked at next (the survivor of a merge).</summary>
    public IReadOnlyList<InboxEntry> Follow { get; init; } = [];
}
