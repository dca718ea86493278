using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts.Story;

/// <summary>The sentences of a story in one language. Each is whole; <c>when</c> begins with "on" or says that nobody knows.</summary>
internal abstract class StoryWords
{
    public abstract string When(string? moment);
    public abstract string Who(string? actor);
    public abstract string Stage(string? stage);
    public abstract string Owner(string id);
    public abstract string Reason(RejectionReason reason);

    /// <summary>Why somebody got the offer, between commas; empty for a code without words.</summary>
    public abstract string Assigned(string? code);

    public abstract string FirstSeen(string stage, string when);
    public abstract string StageSeen(string who, string from, string to, string when);
    public abstract string Qualified(int? episode, string when, string why);
    public abstract string Scores(int fit, int interest, string met);
    public abstract string Held(string when, string? because);
    public abstract string Offered(string owner, string when, string assigned, string due);
    public abstract string Reassigned(string owner, string when, string assigned, string due);
    public abstract string Overdue(string when);
    public abstract string Escalated(string when, string owner);
    public abstract string AskedBack(string when);
    public abstract string TaskReopened(string when);
    public abstract string TaskRemade(string when);
    public abstract string Accepted(string who, string when);
    public abstract string AcceptedBySilence(string when);
    public abstract string AcceptedByAction(string who, string when);
    public abstract string Rejected(string who, string when, string? reason, string rest);
    public abstract string Rests(string date);
    public abstract string ForGood { get; }
    public abstract string Returned(string who, string when);
    public abstract string Expired(string when, string rest);
    public abstract string Superseded(string when);
    public abstract string Merged(string when);
    public abstract string WentOn(string when);
    public abstract string Withdrawn(string when);
    public abstract string Gone { get; }
    public abstract string NeverOffered(string when);
    public abstract string Recycled(string when);
    public abstract string Corrected(string who, string when);
    public abstract string Disputed(string when);
    public abstract string StageMoved(string from, string to, string when);
    public abstract string Won(string when);
    public abstract string Lost(string when);

    /// <param name="because">Code of the reason; one without words is left out.</param>
    public abstract string Suppressed(string when, string? because);
    public abstract string NotWritten(string when, string? because);
    public abstract string Parked(string when);
    public abstract string Waits(StoryWait wait, string owner, string? moment, string? because);
}
