namespace CrmSync.Leads.Aliases;

/// <summary>Domains where anybody gets an address: such an address tells nothing of a company. Nordic ones included.</summary>
internal static class MailDomains
{
    internal static IReadOnlyList<AliasEntry> All { get; } = AliasEntry.ParseTable("""
        free-mail | gratis mailadresse | free e-mail address | gmail.com, googlemail.com, hotmail.com, hotmail.dk, hotmail.se, hotmail.no, hotmail.fi, hotmail.de, outlook.com, outlook.dk, outlook.de, live.com, live.dk, live.se, live.no, msn.com, yahoo.com, yahoo.dk, yahoo.se, yahoo.no, yahoo.de, icloud.com, me.com, mac.com, aol.com, proton.me, protonmail.com, pm.me, gmx.com, gmx.de, gmx.net, web.de, t-online.de, mail.com, mail.dk, jubii.dk, ofir.dk, sol.dk, stofanet.dk, webspeed.dk, tdcadsl.dk, get2net.dk, mail.tele.dk, post.tele.dk, youmail.dk, privat.dk, telia.com, spray.se, bredband.net, passagen.se, comhem.se, swipnet.se, online.no, broadpark.no, start.no, frisurf.no, getmail.no, suomi24.fi, luukku.com, kolumbus.fi, elisanet.fi, pp.inet.fi, simnet.is, internet.is, zoho.com, yandex.com, fastmail.com, tutanota.com
        """);
}
