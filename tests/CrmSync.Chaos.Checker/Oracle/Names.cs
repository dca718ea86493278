namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>The names under which the wanted values of the default rules are known, in plain words.</summary>
internal static class Names
{
    public static readonly IReadOnlySet<string> Industries = Set("""
        software, computer software, softwareudvikling, software development, saas, information technology and services, it, it services, it konsulenter, information technology,
        internet, technology, teknologi, machinery, maskinindustri, maskiner, machine industry, maskinfabrik, maskinproduktion, mechanical or industrial engineering,
        industrial automation, industrial machinery, electronics, elektronikindustri, electrical electronic manufacturing, consumer electronics, semiconductors, elektronik,
        electronics manufacturing, metal, metalindustri, metal industry, mining metals, metals, metalvarer, metal works, stålindustri, steel, smedje, fabricated metal, food,
        fødevareindustri, food industry, food production, food beverages, food beverage, fødevarer, fødevareproduktion, dairy, mejeri
        """);

    public static readonly IReadOnlySet<string> Countries = Set("""
        dk, danmark, denmark, dnk, dänemark, kingdom of denmark, dansk, se, sverige, sweden, swe, schweden, ruotsi, no, norge, norway, nor, norwegen, noreg, fi, finland, fin, suomi,
        finnland, is, island, iceland, isl, ísland, de, tyskland, germany, deu, deutschland, federal republic of germany
        """);

    /// <summary>Words of titles; a star stands for the beginning of the word.</summary>
    public static readonly IReadOnlySet<string> Deciders = Set("""
        manager, *chef, *leder, *manager, superintendent, head, head of, lead of, team lead, vp, vice president, *ansvarlig, director, *direktør, *direktor, *direktoer,
        managing partner, owner, co owner, founder, co founder, ejer, medejer, indehaver, stifter, medstifter, proprietor, ceo, cfo, cto, coo, cio, cmo, cso, cpo, cro, chief,
        president, adm dir, adm direktør, administrerende
        """);

    public static readonly IReadOnlySet<string> Students = Set("""
        student, *studerende, internship, praktikant, *praktikant, *elev, lærling, job seeker, jobseeker, jobsøgende, jobsøger, arbejdssøgende, unemployed, arbejdsløs, ledig,
        open to work
        """);

    public static readonly IReadOnlySet<string> Buyers = Set("decision maker, beslutter, beslutningstager, budget holder, budgetansvarlig, executive sponsor, sponsor i ledelsen");

    public static readonly IReadOnlySet<string> FreeMail = Set("""
        free mail, gratis mailadresse, free e mail address, gmail com, googlemail com, hotmail com, hotmail dk, hotmail se, hotmail no, hotmail fi, hotmail de, outlook com,
        outlook dk, outlook de, live com, live dk, live se, live no, msn com, yahoo com, yahoo dk, yahoo se, yahoo no, yahoo de, icloud com, me com, mac com, aol com, proton me,
        protonmail com, pm me, gmx com, gmx de, gmx net, web de, t online de, mail com, mail dk, jubii dk, ofir dk, sol dk, stofanet dk, webspeed dk, tdcadsl dk, get2net dk,
        mail tele dk, post tele dk, youmail dk, privat dk, telia com, spray se, bredband net, passagen se, comhem se, swipnet se, online no, broadpark no, start no, frisurf no,
        getmail no, suomi24 fi, luukku com, kolumbus fi, elisanet fi, pp inet fi, simnet is, internet is, zoho com, yandex com, fastmail com, tutanota com
        """);

    /// <summary>Whether a text is one of the names.</summary>
    public static Answer Is(string? text, IReadOnlySet<string> names) =>
        text is null ? Answer.Unknown : names.Contains(Plain(text)) ? Answer.Met : Answer.NotMet;

    /// <summary>Whether a text has one of the words in it, whole.</summary>
    public static Answer Has(string? text, IReadOnlySet<string> words)
    {
        if (text is null)
            return Answer.Unknown;
        var padded = $" {Plain(text)} ";
        var has = words.Any(word => padded.Contains(word[0] == '*' ? word[1..] + ' ' : $" {word} ", StringComparison.Ordinal));
        return has ? Answer.Met : Answer.NotMet;
    }

    /// <summary>Small letters and digits; whatever else stands between words is one space.</summary>
    private static string Plain(string text) => string.Join(' ',
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static HashSet<string> Set(string names) => [.. names.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
