using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts.Story;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>What a lead waits for now.</summary>
internal static class StoryNow
{
    /// <param name="braked">Whether the brake on mass moves is on.</param>
    public static StoryEvent Of(LeadStory story, Func<HoldCause, string> hold, bool braked = false)
    {
        var (lead, episode) = (story.Lead, story.Lead.Episode);
        var now = new StoryEvent(StoryKind.Now, null) { Episode = episode?.Number, OwnerId = episode?.OwnerId ?? lead.Memory.OwnerId };
        if (story.QuarantineReason is { } reason)
            return now with { Waits = StoryWait.Admin, Because = reason };
        if (lead.Memory.Parked is not null)
            return now with { Waits = StoryWait.Admin, Because = $"crmsync approve {lead.Connection} --lead {lead.LeadId}" };
        if (lead.Memory.IsGone)
            return now with { Waits = StoryWait.Nothing };
        if (story.OpenIntents.Count > 0)
            return now with { Waits = StoryWait.Crm };
        if (braked && lead.Memory.MoveHeldSince is { } since)
            return now with { Waits = StoryWait.MassBrake, DueAt = since, Because = $"crmsync approve {lead.Connection}" };
        return episode?.State switch
        {
            HandoverState.AwaitingDecision => now with
            {
                Waits = StoryWait.Answer,
                DueAt = episode.DueAt,
                OwnerId = episode.EscalatedTo ?? now.OwnerId,
            },
            HandoverState.Held => now with { Waits = StoryWait.Offer, Because = lead.Memory.BrakeHold is { } held ? hold(held.Cause) : null },
            HandoverState.Returned => now with { Waits = StoryWait.Data },
            { } state when state.IsAccepted() => now with { Waits = episode.Outcome == EpisodeOutcome.Open ? StoryWait.Work : StoryWait.Nothing },
            _ when lead.Memory.BrakeHold is { } held => now with { Waits = StoryWait.Offer, Because = hold(held.Cause) },
            _ when episode?.CoolOffUntil == DateTimeOffset.MaxValue => now with { Waits = StoryWait.Nothing },
            _ when episode?.CoolOffUntil is { } until => now with { Waits = StoryWait.Rest, DueAt = until },
            _ => now with { Waits = StoryWait.Evidence },
        };
    }
}
