using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CsCheck;

namespace CrmSync.Tests.Handover;

internal enum Happens
{
    Time, Answer, AnswerEmptied, PersonMoves, AutomationMoves, Visit, HandRaise, Blocker, OfferGate, Request, DealOpens, DealWon, DealsEnd, DataFilledIn,
}

/// <summary>One thing that happens, and what it is about.</summary>
internal sealed record Event(Happens What, int Hours, int Choice, int Who)
{
    public static Gen<Event[]> Stories { get; } = Gen.Select(
        Gen.Enum<Happens>(), Gen.Frequency((5, Gen.Int[0, 30]), (1, Gen.Int[0, 24 * 200])), Gen.Int[0, 1000], Gen.Int[0, 5],
        (what, hours, choice, who) => new Event(what, hours, choice, who)).Array[1, 40];
}

/// <summary>What the CRM shows of one lead. People and machines change it; so do the steps that are taken.</summary>
internal sealed class PlainWorld
{
    public static readonly string[] Options =
        ["accept", "return", "take", "reject_no_need", "reject_bad_timing", "reject_never_relevant", "reject_other", "nonsense"];

    public DateTimeOffset Now { get; private set; } = Some.Now;
    public LifecycleStage Stage { get; private set; }
    public RepAnswer? Answer { get; private set; }
    public MarketingRequest? Request { get; private set; }
    public LeadAssessment Facts { get; private set; } = new();
    public DateTimeOffset? ForeignAt { get; private set; }
    public DateTimeOffset? PersonAt { get; private set; }
    public DateTimeOffset? WorkflowAt { get; private set; }
    public bool ByAutomation { get; private set; }
    public LifecycleStage? TakenBackFrom { get; private set; }

    public void Let(Event e, bool accepted)
    {
        Now = Now.AddHours(e.Hours).AddMinutes(1);
        switch (e.What)
        {
            case Happens.Answer:
                var option = Options[e.Choice % Options.Length];
                Answer = new(option, e.Choice % 3 == 0 ? "why" : null, e.Who == 5 ? null : Now, e.Who is 0 or 5 ? null : e.Who < 3 ? "anna" : "bo", e.Who == 4);
                break;
            case Happens.AnswerEmptied: Answer = null; break;
            case Happens.PersonMoves: Move((LifecycleStage)(e.Choice % 6), false, accepted); break;
            case Happens.AutomationMoves: Move((LifecycleStage)(e.Choice % 6), true, accepted, workflow: e.Who > 2); break;
            case Happens.Visit: Facts = Facts with { MarketingQualified = true, LatestEvidenceAt = Now }; break;
            case Happens.HandRaise: Facts = Facts with { MarketingQualified = true, HandRaise = true, HandRaisedAt = Now, LatestEvidenceAt = Now }; break;
            case Happens.Blocker: Facts = Facts with { Blocked = !Facts.Blocked, MayBeOffered = Facts.Blocked }; break;
            case Happens.OfferGate: Facts = Facts with { MayBeOffered = !Facts.Blocked && !Facts.MayBeOffered }; break;
            case Happens.Request: Request = (e.Choice % 4) switch { 0 => MarketingRequest.Send, 1 => MarketingRequest.Hold, 2 => MarketingRequest.Dispute, _ => null }; break;
            case Happens.DealOpens: Facts = Facts with { DealOpen = true, NoDealLeft = false }; break;
            case Happens.DealWon: Facts = Facts with { DealOpen = false, DealWon = true, NoDealLeft = false }; break;
            case Happens.DealsEnd: Facts = Facts with { DealOpen = false, DealWon = false, NoDealLeft = true }; break;
            case Happens.DataFilledIn: Facts = Facts with { DataChanged = true }; break;
        }
    }

    public HandoverSubject Subject(Episode? episode) => new()
    {
        Stage = Stage,
        Episode = episode,
        Answer = Answer,
        Request = Request,
        ForeignStageAt = ForeignAt,
        PersonStageAt = PersonAt,
        WorkflowStageAt = WorkflowAt,
        StageByAutomation = ByAutomation,
        TakenBackFrom = TakenBackFrom,
    };

    /// <summary>The request that a step makes in the CRM.</summary>
    public void Write(HandoverStep step)
    {
        Stage = step.ToStage;
        if (step.IsOffer)
            Answer = null;
        if (Request != MarketingRequest.Hold)
            Request = null;
        if (step.Episode.State is HandoverState.Returned or HandoverState.AwaitingDecision)
            Facts = Facts with { DataChanged = false };
    }

    /// <summary>The request that came to nothing is answered, and its field emptied.</summary>
    public void Refuse() => Request = null;

    private void Move(LifecycleStage to, bool automation, bool accepted, bool workflow = false)
    {
        if (to == Stage)
            return;
        TakenBackFrom = accepted && to < (TakenBackFrom > Stage ? TakenBackFrom : Stage) ? (TakenBackFrom > Stage ? TakenBackFrom : Stage) : null;
        (Stage, ForeignAt, ByAutomation) = (to, Now, automation);
        PersonAt = automation ? PersonAt : Now;
        WorkflowAt = workflow ? Now : WorkflowAt;
    }
}
