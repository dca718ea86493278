using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts.Story;

internal sealed class DanishStory : StoryWords
{
    public override string When(string? moment) => moment is null ? "på et tidspunkt, som ingen har set" : $"den {moment}";

    public override string Who(string? actor) => actor switch
    {
        "crmsync" => "CrmSync",
        "automation" => "en automatik",
        { } person when person.StartsWith("person:", StringComparison.Ordinal) => $"bruger {person["person:".Length..]}",
        _ => "en ukendt",
    };

    public override string Stage(string? stage) => stage switch
    {
        "Lead" => "lead",
        "MarketingQualified" => "MQL",
        "SalesAccepted" => "SAL",
        "SalesQualified" => "SQL",
        "Opportunity" => "salgsmulighed",
        "Customer" => "kunde",
        null => "et trin uden for modellen",
        _ => stage.ToLowerInvariant(),
    };

    public override string Owner(string id) => $"bruger {id}";

    public override string Reason(RejectionReason reason) => reason switch
    {
        RejectionReason.WrongIndustry => "forkert branche",
        RejectionReason.WrongCompanySize => "forkert størrelse",
        RejectionReason.WrongGeography => "forkert land",
        RejectionReason.WrongRole => "forkert person",
        RejectionReason.NoNeed => "intet behov",
        RejectionReason.NoBudget => "intet budget",
        RejectionReason.BadTiming => "ikke nu",
        RejectionReason.ExistingCustomerOrOpenDeal => "kunde eller åben sag",
        RejectionReason.Duplicate => "dublet",
        RejectionReason.NeverRelevant => "aldrig relevant",
        _ => "en anden årsag, se kommentaren",
    };

    public override string Assigned(string? code) => code switch
    {
        "LeadOwner" => ", som ejer leadet,",
        "CompanyOwner" => ", som ejer virksomheden,",
        "OpenOffer" => ", som har et åbent lead i samme virksomhed,",
        "Turn" => ", hvis tur det var,",
        "Fallback" => ", som træder til, når ingen anden er der,",
        _ => "",
    };

    public override string FirstSeen(string stage, string when) => $"Først set som {stage}; det kom dertil {when}.";
    public override string StageSeen(string who, string from, string to, string when) => $"{Line.Capital(who)} flyttede det fra {from} til {to} {when}.";
    public override string Qualified(int? episode, string when, string why) => $"Forløb nr. {episode} begyndte {when}{why}.";
    public override string Scores(int fit, int interest, string met) => $": match {fit}, interesse {interest}{(met.Length > 0 ? $"; opfyldt: {met}" : "")}";
    public override string Held(string when, string? because) => $"Holdt tilbage {when}{(because is null ? "" : $": {because.TrimEnd('.')}")}.";
    public override string Offered(string owner, string when, string assigned, string due) => $"Sendt til {(owner.Length > 0 ? owner + assigned : "salg")} {when}; svar senest {due}.";
    public override string Reassigned(string owner, string when, string assigned, string due) => $"Givet videre{(owner.Length > 0 ? $" til {owner}{assigned}" : "")} {when}, da ingen havde svaret; svar senest {due}.";
    public override string Overdue(string when) => $"Fristen udløb uden svar {when}.";
    public override string Escalated(string when, string owner) => $"Løftet{(owner.Length > 0 ? $" til {owner}" : " et led op")} {when}.";
    public override string AskedBack(string when) => $"Et svar uden årsag blev sendt tilbage med et spørgsmål {when}.";
    public override string TaskReopened(string when) => $"Opgaven blev lukket uden svar og åbnet igen {when}.";
    public override string TaskRemade(string when) => $"Opgaven var slettet og blev oprettet igen {when}.";
    public override string Accepted(string who, string when) => $"Godkendt af {who} {when}.";
    public override string AcceptedBySilence(string when) => $"Godkendt ved tavshed {when}: ingen svarede i tide.";
    public override string AcceptedByAction(string who, string when) => $"Godkendt ved det, {who} gjorde {when}, uden skriftligt svar.";
    public override string Rejected(string who, string when, string? reason, string rest) => $"Afvist af {who} {when}{(reason is null ? "" : $": {reason}")}.{rest}";
    public override string Rests(string date) => $" Det kan sendes igen efter {date}, eller straks hvis leadet selv henvender sig.";
    public override string ForGood => " Det sendes ikke igen.";
    public override string Returned(string who, string when) => $"Sendt retur af {who} {when}: der mangler oplysninger.";
    public override string Expired(string when, string rest) => $"Ingen svarede; det gik tilbage til marketing {when}.{rest}";
    public override string Superseded(string when) => $"Tilbuddet blev overhalet {when}: leadet gik videre uden svar.";
    public override string Merged(string when) => $"Kontakten blev flettet med en anden {when}; forløbet går videre under den, der er tilbage.";
    public override string WentOn(string when) => $"Det gik videre uden de manglende oplysninger {when}.";
    public override string NeverOffered(string when) => $"Det endte, før det blev sendt til nogen, {when}.";
    public override string Withdrawn(string when) => $"Leadet blev taget tilbage fra salg {when}.";
    public override string Gone => "Kontakten blev slettet eller arkiveret i CRM'et, og tilbuddet endte med den.";
    public override string Recycled(string when) => $"Salg gav det tilbage til nurture {when}.";
    public override string Corrected(string who, string when) => $"{Line.Capital(who)} rettede svaret {when}; det første er gemt ved siden af.";
    public override string Disputed(string when) => $"Marketing anfægtede afvisningen {when}.";
    public override string StageMoved(string from, string to, string when) => $"Trinnet gik fra {from} til {to} {when}.";
    public override string Won(string when) => $"Vundet: det blev kunde {when}.";
    public override string Lost(string when) => $"Tabt {when}.";
    public override string Suppressed(string when, string? because) => because switch
    {
        "an automation answered, and only a person can" => $"En automatik svarede {when}; det kan kun en person, og intet blev ændret.",
        "a deactivated user answered" => $"En deaktiveret bruger svarede {when}; intet blev ændret.",
        "a person set the stage, and nothing newer happened" => $"Det opfyldte kravene {when} og blev ikke lukket ind: en person havde sat trinnet, og intet nyere var sket.",
        "the rules changed, and nothing newer happened" => $"Det opfyldte kun kravene {when}, fordi reglerne blev ændret, og blev ikke lukket ind: intet nyere var sket.",
        "the rules changed, and nothing else did" => $"Det kunne kun sendes {when}, fordi reglerne blev ændret, og blev ikke sendt.",
        nameof(RequestRefusal.TooLate) => $"Marketing anfægtede afvisningen {when}, efter fristen for det; afvisningen står ved magt.",
        nameof(RequestRefusal.DisputedBefore) => $"Marketing anfægtede afvisningen endnu en gang {when}; det kan ske én gang, og afvisningen står ved magt.",
        nameof(RequestRefusal.NothingToDispute) => $"Marketing anfægtede {when} en afvisning, der ikke var; intet blev ændret.",
        nameof(RequestRefusal.WithSales) => $"Marketing bad {when} om, at salg fik det; salg havde det i forvejen, og intet blev ændret.",
        nameof(RequestRefusal.OutsidePilot) => $"Marketing bad {when} om at sende det til salg; piloten omfatter det ikke, og intet blev ændret.",
        _ => $"Det blev set på {when} og ikke lukket ind.",
    };
    public override string NotWritten(string when, string? because) => $"Et skridt blev besluttet {when} og ikke skrevet{(because is null ? "" : $": {because}")}.";
    public override string Parked(string when) => $"Parkeret {when}: trinnet gik frem og tilbage mellem CrmSync og en anden.";

    public override string Waits(StoryWait wait, string owner, string? moment, string? because) => wait switch
    {
        StoryWait.Answer => $"Nu skal {(owner.Length > 0 ? owner : "salg")} svare{(moment is null ? "" : $" senest {moment}")} i feltet \"Svar på lead\".",
        StoryWait.Offer => $"Nu venter det på at blive sendt til salg{(because is null ? ", til intet længere holder det tilbage" : $": {because.TrimEnd('.')}")}.",
        StoryWait.Data => "Nu skal de manglende oplysninger udfyldes; så sendes det igen.",
        StoryWait.Work => "Nu arbejder salg med det; trinnet følger med.",
        StoryWait.Rest => $"Nu hviler det til {moment}; noget nyere, eller en henvendelse fra leadet selv, bringer det tilbage.",
        StoryWait.Nothing => "Nu ventes der ikke på noget; det er slut.",
        StoryWait.Crm => "Nu er et besluttet skridt ved at blive skrevet i CRM.",
        StoryWait.MassBrake => $"Nu holder bremsen på masseflytninger det næste skridt tilbage, siden {moment}: for mange leads skulle skifte trin på én time. \"{because}\" løsner den.",
        StoryWait.Admin => $"Nu skal en administrator se på det{(because is null ? "" : $": {because.TrimEnd('.')}")}.",
        _ => "Nu venter det på, at leadet gør noget nyt.",
    };
}
