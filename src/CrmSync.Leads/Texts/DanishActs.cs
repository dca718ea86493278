using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Texts;

internal static class DanishActs
{
    internal static IReadOnlyDictionary<string, ActWords> All { get; } = new Dictionary<string, ActWords>
    {
        [EngagementKinds.HandRaise] = new("bad om demo, pris eller kontakt", "bad om demo, pris eller kontakt ({0})", "bad om demo, pris eller kontakt",
            "henvendelse", "henvendelse", "henvendelsen"),
        [EngagementKinds.MeetingBooked] = new("bookede møde", "bookede mødet {0}", "bookede et møde", "møde", "møde booket", "mødet"),
        [EngagementKinds.ContentDownload] = new("hentede guide", "hentede {0}", "hentede en guide", "guide", "guide hentet", "guiden"),
        [EngagementKinds.WebinarAttended] = new("deltog i webinar", "deltog i webinaret {0}", "deltog i et webinar", "webinar", "webinar", "webinaret"),
        [EngagementKinds.PageView] = new("så en side", "så {0}", "så en side", "sidevisninger", "sidevisninger", "sidevisningerne"),
        [EngagementKinds.EmailClick] = new("klikkede i nyhedsbrev", "klikkede i {0}", "klikkede i et nyhedsbrev", "klik i nyhedsbrev", "klik i nyhedsbrev", "klikkene i nyhedsbrevet"),
        [EngagementKinds.EmailOpen] = new("åbnede mail", "åbnede {0}", "åbnede en mail", "åbnede mails", "åbnede mails", "de åbnede mails"),
        [EngagementKinds.SocialClick] = new("klik på sociale medier", "klikkede på {0}", "klikkede på sociale medier", "klik på sociale medier",
            "klik på sociale medier", "klikket på sociale medier", "klik på {0}"),
        [EngagementKinds.AdForm] = new("udfyldte annonceformular", "udfyldte {0}", "udfyldte en annonceformular", "annonceformular", "annonceformular", "annonceformularen"),
    };
}
