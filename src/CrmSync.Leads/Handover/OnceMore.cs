namespace CrmSync.Leads.Handover;

/// <summary>An episode that is decided or offered once more: what is kept of the first time, and what begins anew.</summary>
public static class OnceMore
{
    /// <summary>The first decision of an episode that is decided again.</summary>
    public static EarlierDecision FirstDecision(this Episode episode) =>
        episode.CorrectedFrom ?? new(episode.State, episode.LastAnswer, episode.DecidedAt, episode.DecidedBy, episode.Reason);

    /// <summary>Without its answer, and without what was done because there was none.</summary>
    public static Episode Unanswered(this Episode episode) => episode with
    {
        DecidedAt = null,
        AnsweredAt = null,
        DecidedBy = null,
        Reason = null,
        LastAnswer = null,
        OtherAnswer = null,
        OtherAnswerAt = null,
        CoolOffUntil = null,
        EndedAt = null,
        EndedStage = null,
        IncompleteSince = null,
        IncompleteToldAt = null,
        ToldPercent = null,
        BreachedAt = null,
        EscalatedAt = null,
        EscalatedTo = null,
        ReassignedAt = null,
        PassedOver = null,
        TaskReopenedAt = null,
        TaskRemadeAt = null,
    };
}
