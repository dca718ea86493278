using CrmSync.Adapters;

namespace CrmSync.Worker.Storage;

/// <summary>
/// What somebody put into a record right before a write of ours took its place, of which the CRM told when the write was done, or its
/// history did. Kept until the lead was judged with it; null: of that field nothing was lost.
/// </summary>
/// <param name="TransitionId">Whose write it was, and whether its request that only clears.</param>
public sealed record LostEdit(string TransitionId, bool Clears, string LeadId)
{
    public ToldValue? Stage { get; init; }
    public ToldValue? Answer { get; init; }

    /// <summary>The comment that went with the answer.</summary>
    public string? Comment { get; init; }
    public ToldValue? Request { get; init; }

    /// <summary>The transition that puts it back; null: none was decided yet.</summary>
    public string? RestoredBy { get; init; }
}
