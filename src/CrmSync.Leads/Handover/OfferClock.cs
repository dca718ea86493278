using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>
/// What time does to an open offer: reminders, the deadline, the end. What was told is noted in the episode, so that neither
/// a restart nor a clock that jumps repeats or loses it.
/// </summary>
public static class OfferClock
{
    /// <summary>When an offer that nobody answers goes back to marketing; null: it does not. An answer begun and never finished is no silent yes.</summary>
    public static DateTimeOffset? ExpiresAt(Episode offer, HandoverPolicy policy) => policy.Silence switch
    {
        SilencePolicy.ReturnToMarketing or SilencePolicy.Escalate or SilencePolicy.Reassign => offer.DueAt + policy.ExpireAfter,
        SilencePolicy.Accept when offer.IncompleteSince is not null => offer.DueAt + policy.ExpireAfter,
        _ => null,
    };

    /// <summary>The next instant after <paramref name="now"/> at which the offer changes, or something of it is to be told; null: none.</summary>
    public static DateTimeOffset? NextAt(Episode offer, HandoverPolicy policy, DateTimeOffset now) =>
        policy.Reminders.Where(percent => !(percent <= offer.ToldPercent)).Select(percent => policy.RemindAt(offer, percent))
            .Append(offer.DueAt)
            .Append(ExpiresAt(offer, policy))
            .Append(offer.IncompleteToldAt is null ? offer.IncompleteSince + policy.IncompleteGrace : null)
            .Where(instant => instant > now)
            .Min();

    /// <summary>Whether a reminder is due that was not told yet.</summary>
    internal static bool IsReminderDue(Episode offer, HandoverPolicy policy, DateTimeOffset now) =>
        policy.Reminders.Any(percent => !(percent <= offer.ToldPercent) && policy.RemindAt(offer, percent) <= now);

    internal static HandoverMove Next(in Situation situation, Episode offer)
    {
        var (policy, now, notices) = (situation.Policy, situation.Now, new List<HandoverNotice>());
        foreach (var percent in policy.Reminders.Order())
        {
            if (percent <= offer.ToldPercent || !(policy.RemindAt(offer, percent) <= now))
                continue;
            notices.Add(percent < 100 ? HandoverNotice.Reminder : HandoverNotice.Overdue);
            offer = offer with { ToldPercent = percent };
        }
        if (now >= offer.DueAt)
        {
            offer = offer with { BreachedAt = offer.BreachedAt ?? offer.DueAt };
            if (policy is { Silence: SilencePolicy.Escalate, EscalateTo: { } named } && offer.EscalatedAt is null)
            {
                notices.Add(HandoverNotice.Escalated);
                offer = offer with { EscalatedAt = now, EscalatedTo = named };
            }
        }
        if (situation.Subject.TaskCompleted && offer.TaskReopenedAt is null)
        {
            notices.Add(HandoverNotice.ReopenTask);
            offer = offer with { TaskReopenedAt = now };
        }
        var isOver = ExpiresAt(offer, policy) <= now;
        return new(null, null, isOver ? now.AddSeconds(1) : NextAt(offer, policy, now), offer) { Notices = notices };
    }
}
