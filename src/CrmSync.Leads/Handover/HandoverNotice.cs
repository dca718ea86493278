namespace CrmSync.Leads.Handover;

/// <summary>What people are to be told although the hand-over's state stays. Each is told once; the episode notes it.</summary>
public enum HandoverNotice
{
    /// <summary>A part of the time to answer is over.</summary>
    Reminder,

    /// <summary>The deadline has passed; told again at later percentages.</summary>
    Overdue,

    /// <summary>It goes to the named owner: nobody answered in time, or marketing disputes the rejection.</summary>
    Escalated,

    /// <summary>Marketing disputes the rejection, and there is nobody to whom that could go.</summary>
    Disputed,

    /// <summary>The answer lacks its reason.</summary>
    AnswerIncomplete,

    /// <summary>An answer to which there is no open offer, or that may no longer be changed.</summary>
    NoOpenOffer,

    /// <summary>The task was closed without an answer.</summary>
    ReopenTask,
}
