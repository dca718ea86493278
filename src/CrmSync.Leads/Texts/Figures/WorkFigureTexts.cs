using static CrmSync.Leads.Texts.Figures.FigureSection;

namespace CrmSync.Leads.Texts.Figures;

/// <summary>The figures of the hand-over's daily work, as <see cref="KpiFigureTexts"/>.</summary>
internal static class WorkFigureTexts
{
    internal static readonly IReadOnlyDictionary<string, FigureTexts> All = new Dictionary<string, FigureTexts>
    {
        ["decision.time"] = Of(Answers, "Time to the answer, median", "Tid til svar, median", "Working hours from the offer to the answer, of offers of the period that were answered.", "Arbejdstimer fra overdragelse til svar, for periodens besvarede leads."),
        ["decision.time.p90"] = Of(Answers, "  90 % within", "  90 % inden for", "As the median: nine of ten took at most so long.", "Som medianen: ni af ti tog højst så lang tid."),
        ["sla.met"] = Of(Answers, "Answered in time", "Besvaret i tide", "Offers answered by their deadline, of those answered by it or due. Silence is no answer.", "Leads besvaret inden fristen, ud af dem, der er besvaret inden eller har overskredet den. Tavshed er ikke et svar."),
        ["leakage"] = Of(Answers, "Leakage: due, unanswered", "Lækage: frist nået, intet svar", "Offers whose deadline has passed without any answer to this day, of those answered in time or due.", "Leads, hvis frist er passeret uden svar til dags dato, ud af dem, der er besvaret i tide eller har nået fristen."),
        ["disposition"] = Of(Answers, "Offers with any answer", "Leads med et svar", "Offers of the period that somebody answered, yes or no, of all offers.", "Periodens overdragelser, som nogen svarede på, ja eller nej, ud af alle."),
        ["rejection"] = Of(Answers, "Rejected of those answered", "Afvist af dem med svar", "Answers of the period that were a no, of all answers that stand.", "Periodens svar, der var et nej, ud af alle gældende svar."),
        ["rejection.reason"] = Of(Answers, "  rejected:", "  afvist:", "Rejections of the period with this reason.", "Periodens afvisninger med denne årsag."),
        ["rejection.criterion"] = Of(Answers, "  not met:", "  ikke opfyldt:", "Rejections of the period where this criterion was not met, or not known, when the lead was judged; of those that the rules had judged. Had it been required, they would not have been sent.", "Periodens afvisninger, hvor kriteriet ikke var opfyldt eller ikke kendt, da leadet blev vurderet; ud af dem, reglerne havde vurderet. Var det et krav, var de ikke blevet sendt."),
        ["speed-to-lead"] = Of(Answers, "Speed to lead, median", "Svartid til lead, median", "Working hours from the offer to the first attempt to reach the person that was seen in the CRM; whoever nobody has tried yet counts as open.", "Arbejdstimer fra overdragelse til det første forsøg på kontakt, der er set i CRM'et; de, som ingen har forsøgt endnu, tælles som åbne."),
        ["recycled"] = Of(Returns, "Recycled of SALs", "Genbrugt af SAL", "SALs of the period that went back to nurture or were disqualified, of all SALs of the period.", "Periodens SAL'er, der gik tilbage til nurture eller blev diskvalificeret, ud af alle."),
        ["wasted-work"] = Of(Returns, "Wasted work: ended unsold", "Spildt arbejde: endte uden salg", "Accepted leads that ended without a sale, of those that ended.", "Godkendte leads, der endte uden salg, ud af dem, der er afsluttet."),
        ["wasted-work.days"] = Of(Returns, "  days they were held, mean", "  dage hos salg, gennemsnit", "Calendar days from acceptance to the end, of accepted leads that ended without a sale.", "Kalenderdage fra godkendelse til afslutning, for godkendte leads, der endte uden salg."),
        ["re-mql"] = Of(Returns, "Came back as MQL", "Kom igen som MQL", "Persons that became MQL again, of those rejected or recycled.", "Personer, der blev MQL igen, ud af afviste og genbrugte."),
        ["second-chance"] = Of(Returns, "Second chance accepted", "Anden chance godkendt", "Later episodes of leads once turned down that sales accepted, of those decided.", "Senere forløb for tidligere afviste leads, som salg godkendte, ud af dem med svar."),
        ["second-chance.won"] = Of(Returns, "  and won", "  og vundet", "Of these acceptances, those won so far.", "Af disse godkendelser er så mange vundet indtil nu."),
        ["override"] = Of(Returns, "Answers against the rules", "Svar imod reglerne", "Offers of the rules that sales rejected, and leads accepted that the rules had not sent, of all answers.", "Reglernes leads, som salg afviste, og leads, der blev godkendt uden at reglerne sendte dem, ud af alle svar."),
        ["override.no.then-won"] = Of(Returns, "  no, but won since", "  nej, men vundet siden", "Leads rejected against the rules that were won later: the rules were right.", "Leads afvist imod reglerne, som siden blev vundet: reglerne havde ret."),
        ["override.yes.then-won"] = Of(Returns, "  yes, and won", "  ja, og vundet", "Leads accepted against the rules that were won: people were right.", "Leads godkendt imod reglerne, som blev vundet: menneskene havde ret."),
        ["stage.skipped"] = Of(Stages, "Skipped the acceptance", "Sprang godkendelsen over", "Episodes that came to a later stage without an acceptance, of those accepted or beyond.", "Forløb, der nåede et senere trin uden godkendelse, ud af dem, der er godkendt eller længere."),
        ["stage.regressed"] = Of(Stages, "Moved back", "Rykket tilbage", "Episodes that were moved back to an earlier stage, of all.", "Forløb, der blev rykket tilbage til et tidligere trin, ud af alle."),
        ["stage.age"] = Of(Stages, "In stage since, median:", "På trinnet siden, median:", "Calendar days since leads came to the stage where they are.", "Kalenderdage, siden leads kom til det trin, hvor de er."),
    };

    private static FigureTexts Of(FigureSection section, string name, string navn, string definition, string betydning) =>
        new(section, new(name, navn), new(definition, betydning));
}
