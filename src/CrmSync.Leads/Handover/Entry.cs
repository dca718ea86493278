namespace CrmSync.Leads.Handover;

/// <summary>
/// Whether a lead without an open episode begins one: the MQL gate, or a person who set MQL, and something newer than
/// both the start of the connection and the last decision.
/// </summary>
internal static class Entry
{
    public static HandoverMove Next(
        HandoverSubject subject, Episode? closed, LifecycleStage stage, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now)
    {
        var setByPerson = stage == LifecycleStage.MarketingQualified && IsNewer(subject.PersonStageAt, closed?.DecidedAt ?? closed?.OfferedAt ?? closed?.OpenedAt);
        if (stage > LifecycleStage.MarketingQualified || !(assessment.MarketingQualified || setByPerson) || policy.StartAt is not { } start)
            return new(null, null, RestEnds(closed, assessment, now), closed);
        if (!IsNewer(Latest(assessment.LatestEvidenceAt, setByPerson ? subject.PersonStageAt : null), start))
            return new(null, null, null, closed);
        if (Refusal(subject, closed, stage, setByPerson, assessment, now) is { } refusal)
            return new(null, refusal, RestEnds(closed, assessment, now), closed);

        var episode = new Episode
        {
            Number = (closed?.Number ?? 0) + 1,
            State = HandoverState.Held,
            OpenedAt = now,
        };
        return HandoverSteps.To(
            assessment.MayBeOffered ? HandoverSteps.Offer(episode, assessment, policy, now) : episode,
            HandoverSteps.Qualified(stage),
            now);
    }

    /// <summary>Why a qualified lead may not come back yet; null: it may.</summary>
    private static string? Refusal(
        HandoverSubject subject, Episode? closed, LifecycleStage stage, bool setByPerson, LeadAssessment assessment, DateTimeOffset now)
    {
        if (setByPerson)
            return null;
        // A person took the lead back below MQL: only something newer may lift it again.
        if (stage < LifecycleStage.MarketingQualified && subject.ForeignStageAt is { } foreign && !IsNewer(assessment.LatestEvidenceAt, foreign))
            return "a person set the stage, and nothing newer happened";
        if (subject.SettledUpTo is { } settled && !IsNewer(assessment.LatestEvidenceAt, settled))
            return "the rules changed, and nothing newer happened";
        if (closed is null)
            return null;
        var ended = closed.DecidedAt ?? closed.DueAt ?? closed.OpenedAt;
        if (closed.CoolOffUntil == DateTimeOffset.MaxValue)
            return "never relevant";
        if (assessment.HandRaise && IsNewer(assessment.HandRaisedAt, ended))
            return null;
        if (closed.CoolOffUntil is { } rest && now < rest)
            return "cool-off";
        return IsNewer(assessment.LatestEvidenceAt, ended) ? null : "no newer evidence";
    }

    private static DateTimeOffset? RestEnds(Episode? closed, LeadAssessment assessment, DateTimeOffset now) =>
        assessment.MarketingQualified && closed?.CoolOffUntil is { } rest && rest > now && rest < DateTimeOffset.MaxValue ? rest : null;

    private static bool IsNewer(DateTimeOffset? instant, DateTimeOffset? than) => instant is { } i && (than is not { } t || i > t);

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
