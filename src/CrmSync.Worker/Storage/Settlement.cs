using CrmSync.Adapters;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage;

/// <summary>An intent's next row, and what goes with it in the same transaction.</summary>
public sealed record Settlement(IntentRow Intent)
{
    /// <summary>The terminal row of the transition.</summary>
    public AuditDraft? Audit { get; init; }

    /// <summary>What stands of a transition that came to no good end, and counts from then on.</summary>
    public AuditDraft? Standing { get; init; }

    /// <summary>The lead as it now stands.</summary>
    public LeadRecord? Lead { get; init; }

    /// <summary>A reason to look at the lead again.</summary>
    public InboxEntry? Follow { get; init; }

    /// <summary>What our write took the place of; the lead is looked at because of it.</summary>
    public LostEdit? Lost { get; init; }

    /// <summary>What a poll will tell of and was looked at already: stored as done, if it has not come in yet.</summary>
    public InboxEntry? Seen { get; init; }

    /// <summary>When to look at the lead again, where at once would be too soon.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>Puts the lead into quarantine.</summary>
    public string? Quarantine { get; init; }

    /// <summary>Tasks and notes to be made or changed now.</summary>
    public IReadOnlyList<LeadActivity> Activities { get; init; } = [];

    /// <summary>The intent that follows in the same transition (set after clear).</summary>
    public IntentRow? Next { get; init; }
}
