namespace CrmSync.Leads.Facts;

/// <summary>What a lead can do that rules know of. The names are those of the rule file and of the sandbox.</summary>
public static class EngagementKinds
{
    /// <summary>A demo, price or contact form: bypasses the thresholds.</summary>
    public const string HandRaise = "handRaise";
    public const string MeetingBooked = "meetingBooked";
    public const string ContentDownload = "contentDownload";

    /// <summary>Attended, not only registered.</summary>
    public const string WebinarAttended = "webinarAttended";
    public const string PageView = "pageView";
    public const string EmailClick = "emailClick";

    /// <summary>Weighs nothing by default: machines open mails.</summary>
    public const string EmailOpen = "emailOpen";
    public const string SocialClick = "socialClick";
    public const string AdForm = "adForm";

    public static IReadOnlyList<string> All { get; } =
        [HandRaise, MeetingBooked, ContentDownload, WebinarAttended, PageView, EmailClick, EmailOpen, SocialClick, AdForm];
}
