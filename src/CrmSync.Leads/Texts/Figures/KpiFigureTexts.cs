using static CrmSync.Leads.Texts.Figures.FigureSection;

namespace CrmSync.Leads.Texts.Figures;

/// <summary>The three KPIs and what explains them, by the ids of their definitions, in the order in which they are shown.</summary>
internal static class KpiFigureTexts
{
    internal static readonly IReadOnlyDictionary<string, FigureTexts> All = new Dictionary<string, FigureTexts>
    {
        ["mql-to-sal"] = Of(MqlToSal, "MQL to SAL", "MQL til SAL",
            "MQLs of the period that sales accepted within the horizon, of all MQLs of the period that are at least as old as the horizon. Younger ones are counted as open and left out, accepted or not. One count per episode; leads that sales found by itself and episodes superseded by a merge are outside.",
            "Periodens MQL'er, som salg godkendte inden for horisonten, ud af alle periodens MQL'er, der er mindst så gamle som horisonten. Yngre tælles som åbne og holdes ude, uanset om de er godkendt. Ét forløb tæller én gang; leads, som salg selv fandt, og forløb, der er erstattet ved en fletning, er ikke med."),
        ["mql-to-sal.explicit"] = Of(MqlToSal, "  in writing", "  skriftligt", "As MQL to SAL, accepted by a written yes.", "Som MQL til SAL, godkendt ved et skriftligt ja."),
        ["mql-to-sal.by-action"] = Of(MqlToSal, "  by action", "  ved handling", "As MQL to SAL, accepted by what a rep did, without a written answer.", "Som MQL til SAL, godkendt ved det, sælgeren gjorde, uden skriftligt svar."),
        ["mql-to-sal.silent"] = Of(MqlToSal, "  by silence", "  ved tavshed", "As MQL to SAL, accepted because nobody answered in time.", "Som MQL til SAL, godkendt fordi ingen svarede i tide."),
        ["mql-to-sal.incidence"] = Of(MqlToSal, "  with the young ones", "  med de unge", "Estimated share of MQLs accepted within the horizon, using the young ones for as long as they were watched; rejected, expired and withdrawn compete (Aalen-Johansen).", "Anslået andel af MQL'er, der godkendes inden for horisonten, hvor de unge tæller med, så længe de har været fulgt; afviste, udløbne og tilbagetrukne konkurrerer (Aalen-Johansen)."),
        ["mql-to-sal.decided"] = Of(MqlToSal, "Accepted of those decided", "Godkendt af dem med svar", "Accepted, of accepted and rejected, whatever their age. Rewards leaving bad leads undecided: read it beside MQL to SAL.", "Godkendte ud af godkendte og afviste, uanset alder. Belønner, at dårlige leads ligger uden svar: læs det sammen med MQL til SAL."),
        ["mql-to-sal.decided-or-lapsed"] = Of(MqlToSal, "  lapsed ones included", "  inkl. udløbne", "Accepted, of accepted, rejected, expired and withdrawn.", "Godkendte ud af godkendte, afviste, udløbne og tilbagetrukne."),
        ["mql-to-sal.throughput"] = Of(MqlToSal, "Throughput: SALs per MQL", "Gennemløb: SAL pr. MQL", "SALs of the period by MQLs of the period, which are not the same leads. No rate; may exceed 100 %.", "Periodens SAL'er pr. MQL i perioden; det er ikke de samme leads. Ikke en rate; kan overstige 100 %."),
        ["mql-to-sal.person-first"] = Of(MqlToSal, "Persons, first episode", "Personer, første forløb", "As MQL to SAL, counting of each person the first episode of the period only.", "Som MQL til SAL, hvor kun hver persons første forløb i perioden tæller."),
        ["mql-to-sal.person-latest"] = Of(MqlToSal, "Persons, latest episode", "Personer, seneste forløb", "As MQL to SAL, counting of each person the latest episode of the period only.", "Som MQL til SAL, hvor kun hver persons seneste forløb i perioden tæller."),
        ["sal-to-customer"] = Of(SalToCustomer, "SAL to customer", "SAL til kunde",
            "SALs of the period that became customers within the horizon, of all SALs that are at least as old. The horizon is the 90th percentile of past days from SAL to the won sale, within 90 to 540 days. Each person of one won sale counts.",
            "Periodens SAL'er, der blev kunder inden for horisonten, ud af alle SAL'er, der er mindst så gamle. Horisonten er 90 %-fraktilen af hidtidige dage fra SAL til vundet salg, mellem 90 og 540 dage. Hver person bag et vundet salg tæller."),
        ["sal-to-customer.company"] = Of(SalToCustomer, "  by company", "  pr. virksomhed", "As SAL to customer, a company counting once: from its first SAL to its first won sale.", "Som SAL til kunde, hvor en virksomhed tæller én gang: fra dens første SAL til dens første vundne salg."),
        ["sal-to-customer.person-less-company"] = Of(SalToCustomer, "  persons less companies", "  personer minus virksomheder", "What reconciles the two: customers and SALs by person, less those by company.", "Det, der afstemmer de to: kunder og SAL'er pr. person minus dem pr. virksomhed."),
        ["sal-to-customer.incidence"] = Of(SalToCustomer, "  with the young ones", "  med de unge", "Estimated share of SALs won within the horizon, using the young ones for as long as they were watched; lost, recycled and disqualified compete (Aalen-Johansen).", "Anslået andel af SAL'er, der vindes inden for horisonten, hvor de unge tæller med, så længe de har været fulgt; tabte, genbrugte og diskvalificerede konkurrerer (Aalen-Johansen)."),
        ["sal-to-sql"] = Of(SalToCustomer, "SAL to SQL", "SAL til SQL", "As SAL to customer, of SALs that became sales-qualified.", "Som SAL til kunde, for SAL'er, der blev salgskvalificeret."),
        ["sql-to-customer"] = Of(SalToCustomer, "SQL to customer", "SQL til kunde", "As SAL to customer, from sales-qualified on.", "Som SAL til kunde, regnet fra salgskvalificeret."),
        ["sal-to-won.median"] = Of(SalToWon, "SAL to won sale, median", "SAL til vundet salg, median", "Calendar days from acceptance to the sale, of won SALs of the period. Looks short while old sales are still open: read the incidence times beside it.", "Kalenderdage fra godkendelse til salg, for periodens vundne SAL'er. Ser kort ud, så længe gamle sager er åbne: læs incidenstiderne ved siden af."),
        ["sal-to-won.mean"] = Of(SalToWon, "  mean", "  gennemsnit", "As the median, averaged. A few long ones pull it up.", "Som medianen, men gennemsnit. Få lange trækker det op."),
        ["sal-to-won.p75"] = Of(SalToWon, "  75 % within", "  75 % inden for", "As the median: three of four took at most so long.", "Som medianen: tre af fire tog højst så lang tid."),
        ["sal-to-won.p90"] = Of(SalToWon, "  90 % within", "  90 % inden for", "As the median: nine of ten took at most so long.", "Som medianen: ni af ti tog højst så lang tid."),
        ["sal-to-won.t10"] = Of(SalToWon, "Until 10 % of SALs had won", "Til 10 % af SAL var vundet", "Days until so many of all SALs had won, open ones included; lost and recycled compete. Not reached where fewer ever won.", "Dage til så mange af alle SAL'er var vundet, også åbne; tabte og genbrugte konkurrerer. Ikke nået, hvor færre blev vundet."),
        ["sal-to-won.t25"] = Of(SalToWon, "Until 25 %", "Til 25 %", "As for 10 %.", "Som for 10 %."),
        ["sal-to-won.t50"] = Of(SalToWon, "Until 50 %", "Til 50 %", "As for 10 %.", "Som for 10 %."),
        ["sal-open.age"] = Of(SalToWon, "Age of open SALs, median", "Åbne SAL'ers alder, median", "Calendar days since acceptance, of SALs that are neither won, lost nor recycled.", "Kalenderdage siden godkendelse, for SAL'er, der hverken er vundet, tabt eller genbrugt."),
    };

    private static FigureTexts Of(FigureSection section, string name, string navn, string definition, string betydning) =>
        new(section, new(name, navn), new(definition, betydning));
}
