using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>How long what ended rests before it may be offered again.</summary>
public static class CoolOffEnd
{
    /// <summary>Until when a rejected lead rests. <see cref="DateTimeOffset.MaxValue"/>: for good.</summary>
    public static DateTimeOffset Until(this CoolOffSettings settings, RejectionReason reason, DateTimeOffset decidedAt) => reason switch
    {
        RejectionReason.NeverRelevant => DateTimeOffset.MaxValue,
        RejectionReason.BadTiming => decidedAt + settings.BadTiming,
        _ => decidedAt + settings.Other,
    };

    /// <summary>Until when a lead rests that ended in a state at an instant; null: it does not rest.</summary>
    /// <param name="reason">Why it was rejected, where that is known.</param>
    public static DateTimeOffset? Until(this CoolOffSettings settings, HandoverState state, RejectionReason? reason, DateTimeOffset endedAt) => state switch
    {
        HandoverState.Disqualified => DateTimeOffset.MaxValue,
        HandoverState.Rejected => settings.Until(reason ?? RejectionReason.Other, endedAt),
        HandoverState.Expired or HandoverState.Recycled => endedAt + settings.Other,
        _ => null,
    };
}
