using System.Globalization;
using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts;

internal sealed class DanishPhrases : Phrases
{
    private static readonly string[] Days = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"];

    public override string Language => "da";

    public override string Day(DateTimeOffset local) => Format(local, "dd'.'MM'.'");
    public override string Date(DateOnly date) => date.ToString("dd'.'MM'.'yyyy", CultureInfo.InvariantCulture);
    public override string Moment(DateTimeOffset local) => Format(local, "dd'.'MM'. kl. 'HH'.'mm");
    public override string DueLong(DateTimeOffset local) => $"{Days[(int)local.DayOfWeek]} {Format(local, "dd'.'MM'.'yyyy' kl. 'HH'.'mm")}";
    public override string DueShort(DateTimeOffset local) => $"{Days[(int)local.DayOfWeek][..2]} {Moment(local)}";

    public override string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture).Replace('.', ',');
    public override ActWords? Act(string kind) => DanishActs.All.GetValueOrDefault(kind);
    public override string? FactLabel(string fact) => FactLabels.Find(fact)?.Danish;
    public override string BantTopic(string fact) => FactLabels.BantTopic(fact).Danish;

    public override string And => "og";
    public override string Or => "eller";
    public override string Of => "af";
    public override string Yes => "ja";
    public override string No => "nej";
    public override string Fit => "match";
    public override string Interest => "interesse";

    public override string OfferedTitle(string due) => $"NYT LEAD TIL DIG · svar senest {due}";
    public override string EndedTitle(HandoverState state) => state switch
    {
        HandoverState.Accepted => "GODKENDT",
        HandoverState.AcceptedBySilence => "GODKENDT VED TAVSHED",
        HandoverState.AcceptedByAction => "GODKENDT VED DET, SALG GJORDE",
        HandoverState.Rejected or HandoverState.Disqualified => "AFVIST",
        HandoverState.Returned => "SENDT RETUR, OPLYSNINGER MANGLER",
        HandoverState.Superseded => "GÅET VIDERE UDEN SVAR",
        HandoverState.Recycled => "TILBAGE TIL NURTURE",
        _ => "BORTFALDET",
    };

    public override string WhyNow(string acts) => $"Hvorfor nu: {acts}";
    public override string ActOn(string act, string day) => $"{act} {day}";
    public override string Score(string name, int score, int most, int? needs) => $"{name.ToUpperInvariant()} {score} af {most}{(needs is null ? "" : $" (krav {needs})")}";
    public override string Counted(long count, string noun, int days, string latest) => $"{count} {noun} på {days} dage, senest {latest}";
    public override string NoneIn(string noun, int days) => $"{noun}: ingen på {days} dage";
    public override string TooFewIn(string noun, long count, int days, int needed) => $"{noun}: {count} på {days} dage, krav {needed}";
    public override string NotKnown(string what) => $"{what}: ikke oplyst";
    public override string CountedSince(string what, string day) => $"{what}: talt siden {day}";

    public override string Bant(string met, string notMet, string ask)
    {
        var known = met.Length + notMet.Length == 0 ? "intet kendt endnu" : Join(met, "bekræftet", notMet, "nej til");
        return $"BANT: {known}.{(ask.Length > 0 ? $" Spørg om {ask}." : "")}";
    }

    public override string Without(string what, string score, int left) => $"Uden {what} var {(score == Fit ? "match" : "interessen")} {left}, og leadet var ikke sendt.";
    public override string WithoutFact(string label, int left) => $"Uden \"{label}\" var match {left}, og leadet var ikke sendt.";
    public override string WithoutRequest(string what) => $"Uden {what} var leadet ikke sendt.";
    public override string HowToAnswer =>
        "SÅDAN SVARER DU: vælg i feltet \"Svar på lead\". Godkend = jeg følger op. Send retur = der mangler oplysninger. Afvis = vælg årsagen. Det er nok med ét klik.";
    public override string Rules(string name, int version, string effective) => $"Regler: {name} v{version} ({effective}).";
    public override string Fades => "Point falder med tiden.";

    public override string NotYetTitle(string date) => $"IKKE KLAR TIL SALG ENDNU · vurderet {date}";
    public override string NotEnoughDataTitle(string date) => $"IKKE NOK OPLYSNINGER ENDNU · vurderet {date}";
    public override string Short(string score, int points, int has, int needs) => $"Mangler {points} point i {score} ({has} af {needs}).";
    public override string ShortBoth(int interest, int interestHas, int interestNeeds, int fit, int fitHas, int fitNeeds) =>
        $"Mangler {interest} point i interesse ({interestHas} af {interestNeeds}) og {fit} point i match ({fitHas} af {fitNeeds}).";
    public override string Fine(string score, int has, int most, int needs) => $"{Line.Capital(score)} er i orden ({has} af {most}, krav {needs}).";
    public override string HeldBack(int fit, int interest) => $"Kravene er opfyldt (match {fit}, interesse {interest}), men leadet holdes tilbage.";
    public override string HeldBackBy(string reasons) => $"Holdes tilbage af: {reasons}.";
    public override string AnsweredNo(string criterion) => $"{criterion} er besvaret med nej";
    public override string IsNotMet(string criterion) => $"{criterion} er ikke opfyldt";
    public override string IsOpen(string criterion) => $"{criterion} er ikke oplyst";
    public override string TooFewMet(int met, int needed, string criteria) => $"{met} opfyldt af {criteria}, krav {needed}";
    public override string NoneKnown(string facts) => $"{facts} mangler";
    public override string TooLow(string score, int has, int needs) => $"{score} {has}, krav {needs}";
    public override string MissingData(string facts) => $"Oplysninger mangler: {facts}.";
    public override string WouldMakeReady(string acts) => $"Det gør leadet klart: {acts}.";
    public override string WouldQualify(string acts) => $"Det gør leadet marketingkvalificeret: {acts}.";
    public override string FilledIn(string label) => $"{label} udfyldt og i orden";
    public override string AtOnce => "Beder det om demo, pris eller kontakt, sendes det straks.";
    public override string WorthUnknown(int points, bool changes) => $"(kan give {points}{(changes ? "" : ", ændrer ikke svaret")})";
    public override string Blockers(string blockers) => $"Spærringer: {blockers}.";
    public override string NoBlockers => "Spærringer: ingen.";
    public override string TakeIt => "Kender du leadet og vil have det nu? Vælg \"Jeg tager leadet\" i feltet \"Svar på lead\".";
    public override string HeldTitle(string date) => $"KLAR, MEN HOLDT TILBAGE · vurderet {date}";
    public override string OutsidePilot => "Piloten omfatter ikke dette lead; det vurderes, men sendes ikke.";
    public override string OwnerHasEnough(int perDay) => $"En sælger får højst {perDay} nye leads om dagen i den første tid. De bedste sendes først, når der igen er plads.";
    public override string ConnectionHasEnough(int perDay) => $"Der sendes højst {perDay} nye leads om dagen i den første tid. De bedste sendes først, når der igen er plads.";

    public override string BreachTitle(int count, string date) => $"{count} {(count == 1 ? "lead venter" : "leads venter")} på svar efter fristen ({date})";
    public override string BreachRow(string lead, string? owner, string due, string hours) =>
        $"- {lead}: {(owner is null ? "ingen ejer" : $"ejer {owner}")}, svar senest {due}, {hours} arbejdstimer over tiden";
    public override string AndMore(int count) => $"... og {count} til";
    public override string BreachAdvice => "Bed ejeren svare i feltet \"Svar på lead\", eller giv leadet en anden ejer.";

    public override string TaskTitle(string lead, string company, string due) => $"Svar på lead: {lead}{(company.Length > 0 ? $", {company}" : "")} (senest {due})";
    public override string HandRaisePrefix => "BAD OM DEMO: ";
    public override string TaskBody(string acts, int fit, int interest) =>
        $"{acts}Match {fit}, interesse {interest}. Åbn kontakten, læs \"Hvorfor dette lead\", vælg i \"Svar på lead\". Opgaven lukker selv, når du har svaret; at lukke den er ikke et svar.";
    public override string ReminderPrefix => "PÅMINDELSE: ";
    public override string OverduePrefix => "OVER TIDEN: ";
    public override string EscalatedPrefix => "ESKALERET: ";
    public override string DisputedPrefix => "ANFÆGTET: ";
    public override string SayWhyPrefix => "SKRIV HVORFOR: ";
    public override string SayWhy => "Svaret \"andet\" tæller først, når der står hvorfor i feltet \"Kommentar til svar\". ";
    public override string Reopened => "Opgaven blev lukket uden et svar og er åbnet igen. ";

    public override string Decided(string verb, string rep, string moment, string? reason, string? comment) =>
        $"{verb} af {rep}{moment}{(reason is null ? "" : $": {reason}")}{(comment is null ? "" : $" (\"{comment}\")")}.";
    public override string Verb(string option) => option switch
    {
        "accept" => "Godkendt",
        "return" => "Sendt retur",
        "take" => "Taget",
        _ => "Afvist",
    };

    public override string BackUntil(string date) => $"Tilbage til marketing; kan sendes igen efter {date}, eller straks hvis leadet selv henvender sig.";
    public override string BackForGood => "Tilbage til marketing; sendes ikke igen.";
    public override string Unanswered(string moment) => $"Intet svar inden {moment}. Tilbage til marketing.";
    public override string WentOn => "Leadet gik videre uden de manglende oplysninger.";
    public override string Sales => "salg";
    public override string AcceptedBySilence(string moment) => $"Intet svar inden {moment}: godkendt ved tavshed, som aftalt.";
    public override string AcceptedByAction(string rep, string moment) => $"Godkendt af {rep}{moment}: flyttet videre i CRM uden et skriftligt svar.";
    public override string NothingToAnswer(string? answer) =>
        $"Leadet venter ikke på svar, så {(answer is null ? "svaret" : $"\"{answer}\"")} ændrer ikke noget. Vil du have det? Vælg \"Jeg tager leadet\" i feltet \"Svar på lead\".";

    public override string RequestRefused(string request, string because) => $"\"{request}\" ændrer ikke noget, og feltet \"Marketings ønske\" er tømt. {because}";
    public override string Refusal(RequestRefusal refusal) => refusal switch
    {
        RequestRefusal.TooLate => "Fristen for at anfægte denne afvisning er udløbet; afvisningen står ved magt.",
        RequestRefusal.DisputedBefore => "En afvisning kan anfægtes én gang, og det er sket. Salg har svaret igen, og det svar står ved magt.",
        RequestRefusal.NothingToDispute => "Leadet har ingen afvisning, der kan anfægtes.",
        RequestRefusal.WithSales => "Salg har allerede leadet.",
        _ => "Piloten omfatter ikke dette lead. Vælg det igen, når piloten er slut.",
    };
    public override string AcceptanceStands(string moment, string? answer) =>
        $"Leadet er godkendt{(moment.Length > 0 ? $" siden{moment}" : "")}, og det står ved magt: {(answer is null ? "svaret" : $"\"{answer}\"")} ændrer ikke noget. Den, der svarede, kan rette svaret inden for 24 timer; derefter ændres det ved at flytte trinnet.";

    private static string Join(string met, string metWord, string notMet, string notMetWord) =>
        string.Join("; ", new[] { met.Length > 0 ? $"{met} {metWord}" : "", notMet.Length > 0 ? $"{notMetWord} {notMet}" : "" }.Where(part => part.Length > 0));

    private static string Format(DateTimeOffset local, string format) => local.ToString(format, CultureInfo.InvariantCulture);
}
