using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using static CrmSync.Leads.Handover.HandoverState;

namespace CrmSync.Tests.Handover;

/// <summary>
/// The hand-over a second time, told as the agreement tells it: what state follows, and what is remembered for it. It shares
/// no code with the process that it is held against.
/// </summary>
internal sealed class PlainHandover(SilencePolicy silence, bool movesAccept)
{
    private const LifecycleStage Sal = LifecycleStage.SalesAccepted;
    private DateTimeOffset? _opened, _offered, _due, _decided, _wrote, _rest, _ended;
    private string? _said, _by;
    private bool _passedOn, _late, _heldBack, _disputed, _blockedThen, _deal, _won, _lost;
    private LifecycleStage? _offeredAt, _left;

    public HandoverState? State { get; private set; }
    public int Number { get; private set; }

    private bool HasIt => State is Accepted or AcceptedBySilence or AcceptedByAction;
    private bool IsClosed => State is null or Rejected or Disqualified or Expired or Superseded or Withdrawn or Recycled || (HasIt && _lost);

    /// <summary>One step; false: nothing is to be done.</summary>
    public bool Step(PlainWorld w)
    {
        if (State == AwaitingDecision)
            return Open(w);
        if (Written(w) is { } written)
            return written;
        if (State is Held or Returned)
            return Wait(w);
        return HasIt && (!_lost || w.Facts.DealOpen || w.Facts.DealWon) ? Work(w) : Begin(w);
    }

    private bool Open(PlainWorld w)
    {
        var incomplete = false;
        if (w.Answer is { ByAutomation: false } answer && !(answer.At < _offered) && answer.Value != "nonsense")
        {
            incomplete = IsIncomplete(answer);
            if (!incomplete)
                return Decide(w, answer, Says(answer));
        }
        if (w.Stage >= Sal && w.Stage > _offeredAt && !w.ByAutomation)
            return movesAccept ? Becomes(AcceptedByAction, decided: w.PersonAt) : Ends(Superseded, w);
        if (w.Facts.Blocked && !_blockedThen)
            return Ends(Withdrawn, w);
        if (w.Request == MarketingRequest.Hold)
        {
            _heldBack = true;
            return Ends(Withdrawn, w);
        }
        var due = _due;
        if (w.Now >= due && silence == SilencePolicy.Reassign && !_passedOn && !incomplete)
        {
            (_passedOn, _late, _due) = (true, true, w.Now.AddDays(1));
            return true;
        }
        if (w.Now >= due && silence == SilencePolicy.Accept && !incomplete)
            return Becomes(AcceptedBySilence, decided: due);
        // That it is late is told before it is over.
        if (_late && w.Now >= due + TimeSpan.FromDays(7) && (silence is SilencePolicy.ReturnToMarketing or SilencePolicy.Reassign || (silence == SilencePolicy.Accept && incomplete)))
        {
            (_rest, _decided) = (w.Now.AddDays(90), null);
            return Ends(Expired, w);
        }
        _late |= w.Now >= due;
        return false;
    }

    /// <summary>What somebody wrote with no offer open; null: nothing that counts.</summary>
    private bool? Written(PlainWorld w)
    {
        if (w.Answer is not { ByAutomation: false, Value: not "nonsense" } a || a.At < _offered || (a.Value == _said && !(a.At > (_ended ?? _decided))))
            return null;
        var says = Says(a);
        if (State is AcceptedBySilence or AcceptedByAction && !_lost && !_won && says != Returned || MaySayOtherwise(w, a))
        {
            if (IsIncomplete(a) || (State == Accepted && says == Accepted))
                return null;
            return Decide(w, a, says);
        }
        if (a.Value != "take")
            return null;
        if (State is Held or Returned)
            return Ends(State == Held ? Withdrawn : Expired, w);
        if (!IsClosed)
            return null;
        Fresh(w);
        return Decide(w, a, Accepted);
    }

    private bool MaySayOtherwise(PlainWorld w, RepAnswer a) =>
        _said is not null && State is Accepted or Rejected or Returned or Disqualified
        && (a.At ?? w.Now) <= _wrote + TimeSpan.FromHours(24)
        && (a.PersonId is null || _by is null || a.PersonId == _by);

    private bool Wait(PlainWorld w)
    {
        if (w.Stage >= Sal && !(w.Stage <= _offeredAt) && !w.ByAutomation)
            return Ends(State == Held ? Withdrawn : Expired, w);
        if (w.Request == MarketingRequest.Hold)
            return false;
        if (w.Request == MarketingRequest.Send)
            return Offer(w, w.Facts.Blocked);
        return w.Facts.MayBeOffered && (State == Held || w.Facts.DataChanged || (w.Facts.HandRaise && w.Facts.HandRaisedAt > (_decided ?? _due))) && Offer(w, _blockedThen);
    }

    private bool Work(PlainWorld w)
    {
        if (w.TakenBackFrom is not null && !w.ByAutomation && w.Stage < Sal)
        {
            (_rest, _left) = (w.Now.AddDays(90), w.Stage);
            return Ends(Recycled, w);
        }
        _deal |= w.Facts.DealOpen;
        _won |= w.Facts.DealWon;
        if (!_won && _deal && w.Facts.NoDealLeft)
        {
            (_lost, _ended, _left) = (true, w.Now, w.Stage);
            return true;
        }
        if (_lost)
            (_lost, _ended, _left) = (false, null, null);
        _ended = _won ? _ended ?? (w.Stage == LifecycleStage.Customer && w.ForeignAt < w.Now ? w.ForeignAt : w.Now) : _ended;
        LifecycleStage? to = w.Facts.DealWon ? LifecycleStage.Customer : w.Facts.DealOpen ? LifecycleStage.Opportunity : null;
        return to > w.Stage && !(to <= w.TakenBackFrom);
    }

    private bool Begin(PlainWorld w)
    {
        if (w.Request == MarketingRequest.Dispute && State == Rejected && !_disputed && !(w.Now > _decided + TimeSpan.FromDays(7)) && !SalesHasIt(w))
        {
            _disputed = true;
            return Offer(w, w.Facts.Blocked);
        }
        if (SalesHasIt(w))
            return false;
        if (w.Request == MarketingRequest.Send)
        {
            Fresh(w);
            return Offer(w, w.Facts.Blocked);
        }
        var person = w.Stage == LifecycleStage.MarketingQualified && w.PersonAt is { } set && !(set <= (_ended ?? _decided ?? _offered ?? _opened));
        if (!person && !((w.Facts.MarketingQualified || WorkflowSays(w) is not null) && MayComeBack(w)))
            return false;
        Fresh(w);
        if (w.Facts.MayBeOffered && w.Request != MarketingRequest.Hold)
            return Offer(w, false);
        State = Held;
        return true;
    }

    private bool SalesHasIt(PlainWorld w) => w.Stage >= Sal && (_left is null || w.Stage == LifecycleStage.Customer || w.Stage > _left);

    private static DateTimeOffset? WorkflowSays(PlainWorld w) => w.Stage == LifecycleStage.MarketingQualified ? w.WorkflowAt : null;

    private bool MayComeBack(PlainWorld w)
    {
        var newest = WorkflowSays(w) > w.Facts.LatestEvidenceAt || w.Facts.LatestEvidenceAt is null ? WorkflowSays(w) : w.Facts.LatestEvidenceAt;
        if (w.Stage < LifecycleStage.MarketingQualified && newest <= w.ForeignAt)
            return false;
        if (State is null || (_heldBack && w.Request != MarketingRequest.Hold))
            return true;
        var last = (State is Recycled or Withdrawn or Superseded || _lost ? _ended : null) ?? _decided ?? (_offered is not null ? _due : _opened);
        if (_rest == DateTimeOffset.MaxValue)
            return false;
        return (w.Facts.HandRaise && w.Facts.HandRaisedAt > last) || (!(w.Now < _rest) && newest > last);
    }

    private bool Offer(PlainWorld w, bool blocked)
    {
        (_offered, _offeredAt, _blockedThen) = (w.Now, w.Stage < LifecycleStage.MarketingQualified ? LifecycleStage.MarketingQualified : w.Stage, blocked);
        (_decided, _wrote, _by, _said, _rest, _ended, _left) = (null, null, null, null, null, null, null);
        (_due, _passedOn, _late) = (w.Now.AddDays(1), false, false);
        State = AwaitingDecision;
        return true;
    }

    private bool Decide(PlainWorld w, RepAnswer a, HandoverState says)
    {
        (_decided, _by, _said) = (a.At ?? w.Now, a.PersonId, a.Value);
        // The day to say otherwise is counted from the first word.
        _wrote ??= _decided;
        (_rest, _ended, _left) = (null, null, null);
        // The stage that came with a yes is nobody's moving on.
        if (says == Returned && HasIt)
            _offeredAt = w.Stage;
        if (says is Rejected or Disqualified)
            (_rest, _ended, _left) = (says == Disqualified ? DateTimeOffset.MaxValue : _decided.Value.AddDays(a.Value == "reject_bad_timing" ? 180 : 90), _decided, w.Stage);
        State = says;
        return true;
    }

    private bool Becomes(HandoverState state, DateTimeOffset? decided)
    {
        (State, _decided) = (state, decided);
        return true;
    }

    private bool Ends(HandoverState state, PlainWorld w)
    {
        (State, _ended) = (state, w.Now);
        return true;
    }

    private void Fresh(PlainWorld w)
    {
        (_opened, _offered, _decided, _wrote, _rest, _ended, _said, _by, _offeredAt, _left) = (w.Now, null, null, null, null, null, null, null, null, null);
        (_heldBack, _disputed, _blockedThen, _deal, _won, _lost) = (false, false, false, false, false, false);
        Number++;
    }

    private static bool IsIncomplete(RepAnswer a) => a is { Value: "reject_other", Text: null };

    private static HandoverState Says(RepAnswer a) => a.Value switch
    {
        "accept" or "take" => Accepted,
        "return" => Returned,
        "reject_never_relevant" => Disqualified,
        _ => Rejected,
    };
}
