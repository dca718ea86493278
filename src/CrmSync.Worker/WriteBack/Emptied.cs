using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>Words that a step of ours took out of the record: an offer empties the answer and its comment, and somebody may have given one just before.</summary>
internal static class Emptied
{
    /// <summary>An offer empties the answer: one that stands behind it came later.</summary>
    public static bool ByStep(IntentRow intent) => intent.Body.Fields.TryGetValue(HandoverFields.Decision, out var answer) && answer is null;

    /// <summary>The answer with what was said beside it.</summary>
    public static WipedAnswer Answer(IntentRow intent, CrmLead lead, FieldChange answer) => new(answer.Value!, answer.At, answer.Actor.Id, CommentOn(intent, lead, answer));

    /// <summary>
    /// Whether an answer came after the guarding read: it is younger than what that read saw, or it is what our write emptied, and the
    /// read had seen the field without it. A CRM that tells whole seconds dates all of this alike; what had stood there for long was
    /// seen, and went by an earlier step of the same second.
    /// </summary>
    public static bool IsUnseen(IntentRow intent, CrmLead lead, IReadOnlyList<FieldChange> history, int at) =>
        history[at].At > GuardedAt(intent)
        || (ByStep(intent) && WriteGuard.MarkerOf(lead) == intent.Body.Marker && history[at].At >= GuardedAt(intent) - TwoClocks.Apart
            && at + 1 < history.Count && history[at + 1] is { Value: null, Actor.Kind: ChangeActorKind.Integration } ours && ours.At >= lead.MarkerSince);

    /// <summary>No guard compares comments: one that the guarding read could see is about something older, unless it came with the answer.</summary>
    private static string? CommentOn(IntentRow intent, CrmLead lead, FieldChange answer)
    {
        var ours = lead.MarkerSince ?? DateTimeOffset.MaxValue;
        var last = lead.CommentHistory?.LastOrDefault(c => c.At <= ours && c.Actor.Kind == ChangeActorKind.Person);
        return last?.At > GuardedAt(intent) || last?.At == answer.At ? last!.Value : null;
    }

    /// <summary>What the guarding read saw was no younger.</summary>
    public static DateTimeOffset GuardedAt(IntentRow intent) => intent.Body.GuardedAt ?? intent.CreatedAt;
}
