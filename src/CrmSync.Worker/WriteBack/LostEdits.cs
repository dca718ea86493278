using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Finds the people whose edit or answer fell between our guarding read and our write, where the CRM tells only afterwards what a
/// write took the place of. The guarding read saw what the effect expected: whatever else stood there came after it.
/// </summary>
internal static class LostEdits
{
    /// <summary>Null: nothing was lost, or the write is none that we know of this lead.</summary>
    public static LostEdit? Of(IntentRow intent, ToldWrite told)
    {
        var body = intent.Body;
        if (intent.LeadId != told.LeadId || body.Marker != told.Marker)
            return null;
        var edit = new LostEdit(intent.TransitionId, intent.Step == IntentStep.Clear, intent.LeadId)
        {
            Stage = body.StageStep == StageStep.Keep ? null : Lost(intent, told.Stage, body.ExpectedStage, body.StageStep == StageStep.Clear ? null : body.TargetStage),
            Answer = body.Fields.TryGetValue(HandoverFields.Decision, out var answer) && told.Answer.Value is not null ? Lost(intent, told.Answer, body.ExpectedAnswer, answer) : null,
            Request = body.Fields.TryGetValue(HandoverFields.Request, out var request) ? Lost(intent, told.Request, body.ExpectedRequest, request) : null,
        };
        return edit is { Stage: null, Answer: null, Request: null } ? null : edit with { Comment = edit.Answer is null ? null : CommentOf(intent, told) };
    }

    /// <summary>
    /// What stood there and was neither expected nor the same that we wrote. The step was decided on what stood there before: whoever is
    /// said to have put it there long before that had put another one there, and who it was this time nobody knows.
    /// </summary>
    private static ToldValue? Lost(IntentRow intent, ToldValue before, string? expected, string? ours) =>
        before.Value == expected || before.Value == ours ? null
        : before.At < intent.CreatedAt - TwoClocks.Apart ? new(before.Value)
        : before;

    /// <summary>No guard compares comments: one of which nobody tells that it is newer is about something older.</summary>
    private static string? CommentOf(IntentRow intent, ToldWrite told) =>
        told.Comment is { PersonId: not null } comment && comment.At >= intent.CreatedAt ? comment.Value : null;
}
