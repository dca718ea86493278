namespace CrmSync.Adapters;

/// <summary>What an account may show of a rep's work with a lead, beside the lead itself.</summary>
public enum CrmSignal
{
    /// <summary>When sales last spoke with it.</summary>
    Contact,

    /// <summary>When it last booked a meeting.</summary>
    MeetingBooked,
}
