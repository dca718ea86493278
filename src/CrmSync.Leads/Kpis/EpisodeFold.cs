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

    private (string LeadKey, int Episode) _key = start;

    // One by one and no row a step: a row is large, and there are many steps.
    private EpisodeMoments _at;
    private HandoverState? _acceptedAs, _state;
    private LifecycleStage? _stage;
    private string? _reason;
    private bool _inferred, _skipped, _regressed, _imported;

    /// <summary>What the steps do not tell.</summary>
    internal EpisodeBeside Beside { get; set; }

    /// <summary>The row by what was added so far.</summary>
    public EpisodeRow Row => new(_at)
    {
        LeadKey = _key.LeadKey, Episode = _key.Episode, Connection = Beside.Connection, Company = Beside.Company, CompanyPrint = Beside.CompanyPrint,
        Source = Beside.Source, Owner = Beside.Owner,
        SalesGenerated = Beside.SellsItself && _at.Accepted.IsKnown && (!_at.Mql.IsKnown || _at.Accepted.Ticks < _at.Mql.Ticks),
        AcceptedAs = _acceptedAs, AcceptanceInferred = _inferred, State = _state, Stage = _stage, Reason = _reason, Skipped = _skipped, Regressed = _regressed,
        Imported = _imported,
    };

    /// <summary>Goes on with another episode, as if there had been none.</summary>
    internal void Restart((string LeadKey, int Episode) key)
    {
        (_key, _at, Beside) = (key, default, default);
        (_acceptedAs, _state, _stage, _reason) = (null, null, null, null);
        (_inferred, _skipped, _regressed, _imported) = (false, false, false, false);
    }

    public void Add(in EpisodeStep step)
    {
        var (state, at) = (step.State, step.At);
        if (IsCorrection(state, at))
            (_at.Accepted, _acceptedAs) = (default, null);
        var accepted = state?.IsAccepted() == true;
        var rejected = state is HandoverState.Rejected or HandoverState.Disqualified;
        var reached = step.From == step.To ? null : step.To;
        var skips = !accepted && !_at.Accepted.IsKnown && !_at.Rejected.IsKnown && reached is { } stage && stage != LifecycleStage.SalesAccepted && Order.IsDecided(stage);
        Answer(step, at, accepted, rejected, concluded: skips && concludes);
        if (step.To == LifecycleStage.MarketingQualified)
            _at.Mql = _at.Mql.Or(at);
        if (state == HandoverState.AwaitingDecision)
            _at.Offered = _at.Offered.Or(at);
        if (reached == LifecycleStage.SalesQualified)
            _at.SalesQualified = _at.SalesQualified.Or(at);
        if (reached == LifecycleStage.Customer)
            _at.Won = at.Or(_at.Won);
        if (step.IsLost)
            _at.Lost = at.Or(_at.Lost);
        if (state is HandoverState.Expired or HandoverState.Withdrawn)
            _at.Lapsed = _at.Lapsed.Or(at);
        (_state, _stage) = (state ?? _state, step.To ?? _stage);
        if (reached is not null)
            _at.StageSince = at.Or(_at.StageSince);
        _skipped |= skips;
        _regressed |= step is { From: { } from, To: { } to } && Order.IsBefore(to, from);
        _imported |= step.Imported;
    }

    private void Answer(in EpisodeStep step, Moment at, bool accepted, bool rejected, bool concluded)
    {
        var wasAccepted = _at.Accepted.IsKnown;
        if (accepted || rejected)
            _at.Decided = _at.Decided.Or(at);
        _inferred |= concluded || (accepted && !wasAccepted && !at.IsKnown);
        if (accepted)
            (_at.Accepted, _acceptedAs) = (_at.Accepted.Or(at).Or(step.Applied), step.State);
        else if (concluded)
            (_at.Accepted, _acceptedAs) = (_at.Accepted.Or(at), _acceptedAs ?? HandoverState.AcceptedByAction);
        // Whoever changes a no to missing data has not judged the lead.
        if (step.State == HandoverState.Returned)
            _at.Rejected = default;
        else if (rejected)
            _at.Rejected = _at.Rejected.Or(at);
        if (step.State == HandoverState.Recycled || (wasAccepted && rejected))
            _at.Recycled = _at.Recycled.Or(at);
        if (rejected)
            _reason = step.Reason ?? _reason;
    }

    /// <summary>A no, or a return, that takes an acceptance back: in writing soon after, or after one that was not in writing.</summary>
    private bool IsCorrection(HandoverState? state, Moment at) =>
        state is HandoverState.Rejected or HandoverState.Returned or HandoverState.Disqualified
        && _acceptedAs is { } before
        && (before != HandoverState.Accepted || (at.IsKnown && _at.Accepted.IsKnown && at.Ticks <= _at.Accepted.Ticks + CorrectWithin.Ticks));
}

/// <summary>What stands beside the steps of an episode.</summary>
/// <param name="SellsItself">What was accepted before it was an MQL was found by sales.</param>
internal readonly record struct EpisodeBeside(string? Connection, string? Company, ulong CompanyPrint, string? Source, string? Owner, bool SellsItself);
