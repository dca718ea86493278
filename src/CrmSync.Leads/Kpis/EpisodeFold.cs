using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>Folds the steps of one episode, in the order in which they were recorded, into its row.</summary>
/// <param name="start">Whose episode, and which.</param>
/// <param name="concludes">Whether a stage behind the acceptance stands for one that nobody recorded.</param>
public sealed class EpisodeFold((string LeadKey, int Episode) start, bool concludes)
{
    /// <summary>How long a written answer may be corrected: a no within it takes the acceptance back.</summary>
    private static readonly TimeSpan CorrectWithin = TimeSpan.FromHours(24);

    private static readonly StageOrder Order = StageOrder.Usual;

    // One by one and no row a step: a row is large, and there are many steps.
    private DateTimeOffset? _mqlAt, _offeredAt, _decidedAt, _acceptedAt, _rejectedAt, _qualifiedAt, _wonAt, _lostAt, _lapsedAt, _recycledAt, _stageSince;
    private HandoverState? _acceptedAs, _state;
    private LifecycleStage? _stage;
    private string? _reason;
    private bool _inferred, _skipped, _regressed, _imported;

    /// <summary>What the steps do not tell.</summary>
    internal EpisodeBeside Beside { get; set; }

    /// <summary>The row by what was added so far.</summary>
    public EpisodeRow Row => new()
    {
        LeadKey = start.LeadKey, Episode = start.Episode, Connection = Beside.Connection, Company = Beside.Company, Source = Beside.Source, Owner = Beside.Owner,
        SalesGenerated = Beside.SellsItself && _acceptedAt is { } accepted && (_mqlAt is null || accepted < _mqlAt),
        MqlAt = _mqlAt, OfferedAt = _offeredAt, DecidedAt = _decidedAt, AcceptedAt = _acceptedAt, AcceptedAs = _acceptedAs, AcceptanceInferred = _inferred,
        RejectedAt = _rejectedAt, SalesQualifiedAt = _qualifiedAt, WonAt = _wonAt, LostAt = _lostAt, LapsedAt = _lapsedAt, RecycledAt = _recycledAt, State = _state,
        Stage = _stage, StageSince = _stageSince, Reason = _reason, Skipped = _skipped, Regressed = _regressed, Imported = _imported,
    };

    public void Add(in EpisodeStep step)
    {
        var (state, at) = (step.State, step.At);
        if (IsCorrection(state, at))
            (_acceptedAt, _acceptedAs) = (null, null);
        var accepted = state?.IsAccepted() == true;
        var rejected = state is HandoverState.Rejected or HandoverState.Disqualified;
        var reached = step.From == step.To ? null : step.To;
        var skips = !accepted && _acceptedAt is null && _rejectedAt is null && reached is { } stage && stage != LifecycleStage.SalesAccepted && Order.IsDecided(stage);
        Answer(step, accepted, rejected, concluded: skips && concludes);
        if (step.To == LifecycleStage.MarketingQualified)
            _mqlAt ??= at;
        if (state == HandoverState.AwaitingDecision)
            _offeredAt ??= at;
        if (reached == LifecycleStage.SalesQualified)
            _qualifiedAt ??= at;
        if (reached == LifecycleStage.Customer)
            _wonAt = at ?? _wonAt;
        if (step.IsLost)
            _lostAt = at ?? _lostAt;
        if (state is HandoverState.Expired or HandoverState.Withdrawn)
            _lapsedAt ??= at;
        (_state, _stage) = (state ?? _state, step.To ?? _stage);
        if (reached is not null)
            _stageSince = at ?? _stageSince;
        _skipped |= skips;
        _regressed |= step is { From: { } from, To: { } to } && Order.IsBefore(to, from);
        _imported |= step.Imported;
    }

    private void Answer(in EpisodeStep step, bool accepted, bool rejected, bool concluded)
    {
        var at = step.At;
        var wasAccepted = _acceptedAt is not null;
        if (accepted || rejected)
            _decidedAt ??= at;
        _inferred |= concluded || (accepted && !wasAccepted && at is null);
        if (accepted)
            (_acceptedAt, _acceptedAs) = (_acceptedAt ?? at ?? step.AppliedAt, step.State);
        else if (concluded)
            (_acceptedAt, _acceptedAs) = (_acceptedAt ?? at, _acceptedAs ?? HandoverState.AcceptedByAction);
        // Whoever changes a no to missing data has not judged the lead.
        if (step.State == HandoverState.Returned)
            _rejectedAt = null;
        else if (rejected)
            _rejectedAt ??= at;
        if (step.State == HandoverState.Recycled || (wasAccepted && rejected))
            _recycledAt ??= at;
        if (rejected)
            _reason = step.Reason ?? _reason;
    }

    /// <summary>A no, or a return, that takes an acceptance back: in writing soon after, or after one that was not in writing.</summary>
    private bool IsCorrection(HandoverState? state, DateTimeOffset? at) =>
        state is HandoverState.Rejected or HandoverState.Returned or HandoverState.Disqualified
        && _acceptedAs is { } before
        && (before != HandoverState.Accepted || at <= _acceptedAt + CorrectWithin);
}

/// <summary>What stands beside the steps of an episode.</summary>
/// <param name="SellsItself">What was accepted before it was an MQL was found by sales.</param>
internal readonly record struct EpisodeBeside(string? Connection, string? Company, string? Source, string? Owner, bool SellsItself);
