using System.Text.Json;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Story;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands;

/// <summary>What <c>explain</c> tells, as one document.</summary>
internal static class ExplainDocument
{
    public static object Of(LeadStory story, List<(StoryEvent Event, string Text)> told) => new
    {
        lead = new
        {
            story.Lead.LeadKey,
            story.Lead.Connection,
            story.Lead.LeadId,
            stage = story.Lead.Stage,
            crmStage = story.Lead.CrmStage,
            episode = story.Lead.Episode?.Number,
            state = story.Lead.Episode?.State,
            dueAt = story.Lead.Episode?.DueAt,
            owner = story.Lead.Episode?.OwnerId ?? story.Lead.Memory.OwnerId,
            assignedBy = story.Lead.Episode?.AssignedBy,
            coolOffUntil = story.Lead.Episode?.CoolOffUntil,
            reason = story.Lead.Episode?.Reason,
            quarantined = story.QuarantineReason,
            heldBack = story.Lead.Memory.BrakeHold,
            moveHeldSince = story.Lead.Memory.MoveHeldSince,
            parked = story.Lead.Memory.Parked,
        },
        verdict = story.Judged is { } judged ? Enum.Parse<Verdict>(judged.Verdict) : (Verdict?)null,
        policy = story.Evidence is { } by ? PolicyOf(by) : null,
        rules = story.Judged?.RulesHash,
        facts = Parse(story.Evidence?.Facts),
        scores = story.Evidence is { } evidence ? new { fit = Score(evidence, "fit"), interest = Score(evidence, "interest") } : null,
        findings = Parse(story.Evidence?.Findings),
        inputs = Parse(story.Evidence?.Inputs),
        written = story.Written,
        story = story.Audit.Select(r => new { r.Sequence, r.Kind, r.At, r.Episode, r.FromStage, r.ToStage, r.HandoverState, r.Actor, r.TransitionId }),
        told = told.Select(t => new { t.Text, t.Event.Kind, t.Event.At, t.Event.Episode, t.Event.FromStage, t.Event.ToStage, t.Event.Actor, t.Event.OwnerId, t.Event.AssignedBy, t.Event.DueAt, t.Event.Reason, t.Event.RestsUntil, t.Event.Fit, t.Event.Interest, t.Event.Met, t.Event.Because, t.Event.Waits }),
        open = story.OpenIntents.Select(i => new { i.TransitionId, i.Step, i.State, i.NotBefore, i.Reason }),
    };

    /// <summary>The score of a group when judged, 0 to 100; evidence that does not say has points only, which add up to it.</summary>
    public static int Score(EvidenceRow evidence, string group) => JsonDocument.Parse(evidence.Inputs).RootElement.TryGetProperty(group, out var score)
        ? score.GetInt32()
        : Math.Clamp(
            JsonDocument.Parse(evidence.Findings).RootElement.EnumerateArray()
                .Where(f => f.GetProperty("group").GetString() == group).Sum(f => f.GetProperty("points").GetInt32()), 0, 100);

    /// <summary>The policy by which the lead was judged; null where the evidence does not say.</summary>
    public static string? PolicyOf(EvidenceRow evidence) =>
        JsonDocument.Parse(evidence.Inputs).RootElement.TryGetProperty("policy", out var policy) ? policy.GetString() : null;

    private static JsonElement? Parse(string? json) => json is null ? null : JsonDocument.Parse(json).RootElement;
}
