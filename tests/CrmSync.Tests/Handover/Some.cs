using CrmSync.Leads;
using CrmSync.Leads.Handover;

namespace CrmSync.Tests.Handover;

/// <summary>Leads, judgements and episodes whose values do not matter, so that the one that matters stands out.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static HandoverPolicy Policy { get; } = new()
    {
        StartAt = Now.AddDays(-365),
        DueAt = (offeredAt, handRaise) => offeredAt + (handRaise ? TimeSpan.FromHours(4) : TimeSpan.FromDays(1)),
    };

    /// <summary>Everything is met, by something done an hour ago.</summary>
    public static LeadAssessment Qualified { get; } = new()
    {
        MarketingQualified = true,
        MayBeOffered = true,
        LatestEvidenceAt = Now.AddHours(-1),
    };

    public static LeadAssessment NotQualified { get; } = new() { LatestEvidenceAt = Now.AddHours(-1) };

    /// <summary>An offer made two hours ago.</summary>
    public static Episode Offer { get; } = Episode(HandoverState.AwaitingDecision);

    public static Episode Episode(HandoverState state) => new()
    {
        Number = 1,
        State = state,
        OpenedAt = Now.AddHours(-2),
        OfferedAt = state == HandoverState.Held ? null : Now.AddHours(-2),
        DueAt = state == HandoverState.Held ? null : Now.AddHours(22),
    };

    /// <summary>A "no" given ten days ago.</summary>
    public static Episode Rejected(RejectionReason reason = RejectionReason.NoNeed) => Episode(HandoverState.Rejected) with
    {
        OpenedAt = Now.AddDays(-11),
        OfferedAt = Now.AddDays(-11),
        DueAt = Now.AddDays(-10),
        DecidedAt = Now.AddDays(-10),
        Reason = reason,
        CoolOffUntil = Policy.CoolOff.Until(reason, Now.AddDays(-10)),
    };

    public static HandoverSubject Subject(LifecycleStage? stage = LifecycleStage.Lead, Episode? episode = null, RepAnswer? answer = null) =>
        new() { Stage = stage, Episode = episode, Answer = answer };

    /// <summary>Given by a person half an hour ago.</summary>
    public static RepAnswer Answer(string value, string? text = null) => new(value, text, Now.AddMinutes(-30), "rep-1", false);
}
