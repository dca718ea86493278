using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>Folds the steps of one episode, in the order in which they were recorded, into its row.</summary>
/// <param name="start">What is known of the episode before its first step.</param>
/// <param name="concludes">Whether a stage behind the acceptance stands for one that nobody recorded.</param>
public sealed class EpisodeFold(EpisodeRow start, bool concludes)
{
    /// <summary>How long a written answer may be corrected: a no within it takes the acceptance back.</summary>
    private static readonly TimeSpan CorrectWithin = TimeSpan.FromHours(24);

    private static readonly StageOrder Order = StageOrder.Usual;
    private EpisodeRow _row = start;

    /// <summary>The row by what was added so far.</summary>
    public EpisodeRow Row => _row;

    public void Add(in EpisodeStep step)
    {
        var (state, at) = (step.State, step.At);
        var row = IsCorrection(state, at) ? _row with { AcceptedAt = null, AcceptedAs = null } : _row;
        var accepted = state?.IsAccepted() == true;
        var rejected = state is HandoverState.Rejected or HandoverState.Disqualified;
        var reached = step.From == step.To ? null : step.To;
        var skips = !accepted && row is { AcceptedAt: null, RejectedAt: null }
            && reached is { } stage && stage != LifecycleStage.SalesAccepted && Order.IsDecided(stage);
        var concluded = skips && concludes;
        _row = row with
        {
            MqlAt = row.MqlAt ?? When(step.To == LifecycleStage.MarketingQualified, at),
            OfferedAt = row.OfferedAt ?? When(state == HandoverState.AwaitingDecision, at),
            DecidedAt = row.DecidedAt ?? When(accepted || rejected, at),
            AcceptedAt = row.AcceptedAt ?? When(accepted, at ?? step.AppliedAt) ?? When(concluded, at),
            AcceptedAs = accepted ? state : row.AcceptedAs ?? (concluded ? HandoverState.AcceptedByAction : null),
            AcceptanceInferred = row.AcceptanceInferred || concluded || (accepted && row.AcceptedAt is null && at is null),
            // Whoever changes a no to missing data has not judged the lead.
            RejectedAt = state == HandoverState.Returned ? null : row.RejectedAt ?? When(rejected, at),
            SalesQualifiedAt = row.SalesQualifiedAt ?? When(reached == LifecycleStage.SalesQualified, at),
            WonAt = When(reached == LifecycleStage.Customer, at) ?? row.WonAt,
            LostAt = When(step.IsLost, at) ?? row.LostAt,
            LapsedAt = row.LapsedAt ?? When(state is HandoverState.Expired or HandoverState.Withdrawn, at),
            RecycledAt = row.RecycledAt ?? When(state == HandoverState.Recycled || (row.AcceptedAt is not null && rejected), at),
            State = state ?? row.State,
            Stage = step.To ?? row.Stage,
            StageSince = reached is null ? row.StageSince : at ?? row.StageSince,
            Reason = rejected ? step.Reason ?? row.Reason : row.Reason,
            Skipped = row.Skipped || skips,
            Regressed = row.Regressed || (step is { From: { } from, To: { } to } && Order.IsBefore(to, from)),
            Imported = row.Imported || step.Imported,
        };
    }

    /// <summary>A no, or a return, that takes an acceptance back: in writing soon after, or after one that was not in writing.</summary>
    private bool IsCorrection(HandoverState? state, DateTimeOffset? at) =>
        state is HandoverState.Rejected or HandoverState.Returned or HandoverState.Disqualified
        && _row.AcceptedAs is { } before
        && (before != HandoverState.Accepted || at <= _row.AcceptedAt + CorrectWithin);

    private static DateTimeOffset? When(bool isSo, DateTimeOffset? at) => isSo ? at : null;
}
