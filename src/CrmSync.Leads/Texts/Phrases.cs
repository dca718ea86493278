using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts;

/// <summary>
/// One language. Every sentence that a person reads comes from here; no culture of the machine is asked. Dates are given in
/// full or by day, never as "3 days ago": a text may not change because time passed.
/// </summary>
internal abstract class Phrases
{
    public abstract string Language { get; }

    public abstract string Day(DateTimeOffset local);
    public abstract string Date(DateOnly date);
    public abstract string Moment(DateTimeOffset local);
    public abstract string DueLong(DateTimeOffset local);
    public abstract string DueShort(DateTimeOffset local);

    /// <summary>At most two decimals.</summary>
    public abstract string Number(decimal number);

    public abstract ActWords? Act(string kind);
    public abstract string? FactLabel(string fact);
    public abstract string BantTopic(string fact);

    public abstract string And { get; }
    public abstract string Or { get; }
    public abstract string Of { get; }
    public abstract string Yes { get; }
    public abstract string No { get; }
    public abstract string Fit { get; }
    public abstract string Interest { get; }

    public abstract string OfferedTitle(string due);

    /// <summary>What became of an offer, in capitals.</summary>
    public abstract string EndedTitle(HandoverState state);
    public abstract string WhyNow(string acts);
    public abstract string ActOn(string act, string day);
    public abstract string Score(string name, int score, int most, int? needs);
    public abstract string Counted(long count, string noun, int days, string latest);
    public abstract string NoneIn(string noun, int days);
    public abstract string TooFewIn(string noun, long count, int days, int needed);
    public abstract string NotKnown(string what);
    public abstract string CountedSince(string what, string day);
    public abstract string Bant(string met, string notMet, string ask);
    public abstract string Without(string what, string score, int left);
    public abstract string WithoutFact(string label, int left);
    public abstract string WithoutRequest(string what);
    public abstract string HowToAnswer { get; }
    public abstract string Rules(string name, int version, string effective);
    public abstract string Fades { get; }

    public abstract string NotYetTitle(string date);
    public abstract string NotEnoughDataTitle(string date);
    public abstract string Short(string score, int points, int has, int needs);
    public abstract string ShortBoth(int interest, int interestHas, int interestNeeds, int fit, int fitHas, int fitNeeds);
    public abstract string Fine(string score, int has, int most, int needs);
    public abstract string HeldBack(int fit, int interest);
    public abstract string HeldBackBy(string reasons);
    public abstract string AnsweredNo(string criterion);
    public abstract string IsNotMet(string criterion);
    public abstract string IsOpen(string criterion);
    public abstract string TooFewMet(int met, int needed, string criteria);
    public abstract string NoneKnown(string facts);
    public abstract string TooLow(string score, int has, int needs);
    public abstract string MissingData(string facts);
    public abstract string WouldMakeReady(string acts);
    public abstract string WouldQualify(string acts);
    public abstract string FilledIn(string label);
    public abstract string AtOnce { get; }
    public abstract string WorthUnknown(int points, bool changes);
    public abstract string Blockers(string blockers);
    public abstract string NoBlockers { get; }
    public abstract string TakeIt { get; }

    public abstract string HeldTitle(string date);
    public abstract string OutsidePilot { get; }
    public abstract string OwnerHasEnough(int perDay);
    public abstract string ConnectionHasEnough(int perDay);

    public abstract string BreachTitle(int count, string date);
    public abstract string BreachRow(string lead, string? owner, string due, string hours);
    public abstract string AndMore(int count);
    public abstract string BreachAdvice { get; }

    public abstract string TaskTitle(string lead, string company, string due);
    public abstract string HandRaisePrefix { get; }
    public abstract string TaskBody(string acts, int fit, int interest);
    public abstract string ReminderPrefix { get; }
    public abstract string OverduePrefix { get; }
    public abstract string EscalatedPrefix { get; }
    public abstract string DisputedPrefix { get; }
    public abstract string SayWhyPrefix { get; }
    public abstract string SayWhy { get; }
    public abstract string Reopened { get; }

    public abstract string Decided(string verb, string rep, string moment, string? reason, string? comment);
    public abstract string Verb(string option);
    public abstract string BackUntil(string date);
    public abstract string BackForGood { get; }
    public abstract string Unanswered(string moment);
    public abstract string WentOn { get; }
    public abstract string Sales { get; }
    public abstract string AcceptedBySilence(string moment);
    public abstract string AcceptedByAction(string rep, string moment);
    public abstract string NothingToAnswer(string? answer);

    /// <param name="request">As the field labels it.</param>
    /// <param name="because">A whole sentence.</param>
    public abstract string RequestRefused(string request, string because);
    public abstract string Refusal(RequestRefusal refusal);

    /// <summary><paramref name="moment"/> begins with a space, or is empty.</summary>
    public abstract string AcceptanceStands(string moment, string? answer);
}
