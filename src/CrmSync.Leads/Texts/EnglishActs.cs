using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Texts;

internal static class EnglishActs
{
    internal static IReadOnlyDictionary<string, ActWords> All { get; } = new Dictionary<string, ActWords>
    {
        [EngagementKinds.HandRaise] = new("asked for a demo, price or contact", "asked for a demo, price or contact ({0})", "asked for a demo, price or contact",
            "request", "request", "the request"),
        [EngagementKinds.MeetingBooked] = new("booked a meeting", "booked the meeting {0}", "booked a meeting", "meeting", "meeting booked", "the meeting"),
        [EngagementKinds.ContentDownload] = new("downloaded guide", "downloaded {0}", "downloaded a guide", "guide", "guide downloaded", "the guide"),
        [EngagementKinds.WebinarAttended] = new("attended webinar", "attended the webinar {0}", "attended a webinar", "webinar", "webinar attended", "the webinar"),
        [EngagementKinds.PageView] = new("viewed a page", "viewed {0}", "viewed a page", "page views", "page views", "the page views"),
        [EngagementKinds.EmailClick] = new("clicked in newsletter", "clicked in {0}", "clicked in a newsletter", "newsletter clicks", "newsletter clicks", "the newsletter clicks"),
        [EngagementKinds.EmailOpen] = new("opened mail", "opened {0}", "opened a mail", "opened mails", "opened mails", "the opened mails"),
        [EngagementKinds.SocialClick] = new("social media click", "clicked on {0}", "clicked on social media", "social media clicks",
            "social media click", "the social media click", "{0} click"),
        [EngagementKinds.AdForm] = new("filled in ad form", "filled in {0}", "filled in an ad form", "ad form", "ad form", "the ad form"),
    };
}
