using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>The agreement's own words: titles of its sections and tables, and the paragraphs that lead into them.</summary>
public sealed class AgreementText(RuleSet rules, string language)
{
    private readonly Wording _words = new(language);

    /// <summary><c>da</c>, or <c>en</c> for anything else.</summary>
    public string Language => _words.Language;

    public string Title => _words["Aftale om overdragelse af leads", "Lead hand-over agreement"];
    public string Parties => _words["mellem marketing og salg", "between marketing and sales"];
    public string RuleSet => _words["Regelsæt", "Rule set"];
    public string Version => _words["Version", "Version"];
    public string Effective => _words["Gælder fra", "Effective from"];
    public string Content => _words["Indhold", "Content"];
    public string SignedBy => _words["Underskrevet", "Signed"];
    public string SignedByNobody => _words["Ikke underskrevet endnu", "Not signed yet"];

    public string Purpose => _words["Hvad aftalen er til for", "What this agreement is for"];
    public string PurposeBody => _words[
        "Marketing kvalificerer et lead (MQL), salg siger skriftligt ja til at arbejde med det (SAL), og salg kvalificerer det til et tilbud (SQL). Her står, hvilke leads marketing sender, hvorfor, og hvordan salg svarer. Teksten er dannet af de regler, systemet bedømmer efter, så aftale og praksis er det samme.",
        "Marketing qualifies a lead (MQL), sales agrees in writing to work it (SAL), and sales qualifies it for an offer (SQL). This page says which leads marketing sends, why, and how sales answers. It is made from the very rules by which leads are judged, so that what is agreed and what is done are the same."];

    public string Glossary => _words["Ordene, vi bruger", "The words we use"];

    public string Criteria => _words["Kriterierne", "The criteria"];
    public string CriteriaBody => _words[
        "Hvert kriterium får ét af tre svar: opfyldt, ikke opfyldt eller ukendt. Ukendt tæller aldrig som et nej: det giver ingen point, men spærrer heller ikke. Hvad et navn dækker, f.eks. en branche, står i bilaget.",
        "Each criterion has one of three answers: met, not met or unknown. Unknown never counts as a no: it earns no points, and it blocks nothing. What a name covers, such as an industry, is in the appendix."];
    public string Criterion => _words["Kriterium", "Criterion"];
    public string MetWhen => _words["Opfyldt, når", "Met when"];
    public string Points => _words["Point", "Points"];

    public string Fit => _words["Match: hvem de er", "Fit: who they are"];
    public string FitBody => _words[
        $"Match måler virksomhed og rolle mod idealkundeprofilen. Pointene lægges sammen til et tal fra 0 til {rules.Default.Caps.Fit}.",
        $"Fit measures company and role against the ideal customer profile. Points are added up to a number from 0 to {rules.Default.Caps.Fit}."];
    public string Interest => _words["Interesse og engagement: hvad de gør", "Interest and engagement: what they do"];
    public string InterestBody => _words[
        $"Interesse måler, hvad leadet har gjort for nylig. Pointene lægges sammen til et tal fra 0 til {rules.Default.Caps.Interest}.",
        $"Interest measures what the lead has done lately. Points are added up to a number from 0 to {rules.Default.Caps.Interest}."];
    public string Bant => _words["BANT: hvad salg finder ud af", "BANT: what sales finds out"];
    public string BantBody => _words[
        "BANT giver ingen point, men bruges i kravene nedenfor. Før salg har talt med leadet, er de fleste svar ukendte.",
        "BANT carries no points but is used by the thresholds below. Before sales has spoken to the lead, most answers are unknown."];
    public string Blockers => _words["Spærringer: hvad der holder et lead fra salg", "Blockers: what keeps a lead from sales"];
    public string BlockersBody => _words[
        "En spærring virker kun, når den er opfyldt. Er oplysningen ukendt, spærrer den ikke, men den vises.",
        "A blocker acts only when it is met. Where its facts are unknown it blocks nothing, but it is shown."];

    public string Names => _words["Bilag: hvad navnene dækker", "Appendix: what the names cover"];
    public string NamesBody => _words[
        "Store og små bogstaver, mellemrum og tegn er uden betydning. Tre prikker står for resten af ordet: \"…chef\" finder også \"produktionschef\".",
        "Upper case, spaces and punctuation do not matter. Three dots stand for the rest of a word: \"…chef\" also finds the Danish \"produktionschef\"."];
    public string Name => _words["Navn", "Name"];
    public string Covers => _words["Dækker også", "Also covers"];

    public string Gates => _words["Kravene", "The thresholds"];
    public string GatesBody => _words[
        "Alle punkter under et krav skal være opfyldt. Kan ukendte oplysninger stadig bringe leadet over et krav, er svaret \"for få oplysninger\", og det fremgår, hvilke felter der skal udfyldes.",
        "Every point under a heading must hold. Where unknown facts could still lift a lead over a threshold, the verdict is \"not enough data\", with the fields to fill in."];
    public string MqlGate => _words["Et lead bliver MQL, når", "A lead becomes an MQL when"];
    public string OfferGate => _words["Et MQL sendes til salg, når", "An MQL is sent to sales when"];
    public string SalesGate => _words["Et SAL bliver SQL, når", "A SAL becomes an SQL when"];

    public string After => _words["Når leadet er sendt til salg", "Once a lead is sent to sales"];
    public string AfterExamples => _words["Fristen i praksis", "The deadline in practice"];
    public string Answers => _words["Svarene, og hvad de fører til", "The answers, and what they lead to"];
    public string AnswersBody => _words[
        "Salg svarer i feltet \"Svar på lead\". Ét klik er nok.",
        "Sales answers in the field \"Answer on lead\". One click is enough."];
    public string Answer => _words["Svar", "Answer"];
    public string Outcome => _words["Fører til", "Leads to"];

    public string Questions => _words["Hvis vi bliver uenige", "If we disagree"];
    public string Signatures => _words["Underskrifter", "Signatures"];
    public string SignaturesBody => _words[
        $"Vi er enige om regelsættet \"{rules.Name}\", version {rules.Version}, som det står her. Ændres det, får det et nyt versionsnummer og underskrives igen.",
        $"We agree on the rule set \"{rules.Name}\", version {rules.Version}, as it stands here. When it changes it gets a new version number and is signed again."];
    public string SignedContent => _words["Indholdet, der underskrives (i regelfilen under \"signed\", \"hash\")", "The content that is signed (in the rule file under \"signed\", \"hash\")"];
    public IReadOnlyList<string> Departments => _words.Language == "da" ? ["For marketing", "For salg"] : ["For marketing", "For sales"];
    public IReadOnlyList<string> SignatureLines => _words.Language == "da" ? ["Navn", "Dato", "Underskrift"] : ["Name", "Date", "Signature"];

    public string Date(DateOnly date) => _words.Date(date);

    /// <summary>"1.000" in Danish, "1,000" in English.</summary>
    public string Number(decimal number) => _words.Number(number);
}
