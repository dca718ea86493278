using System.Globalization;
using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts;

internal sealed class EnglishPhrases : Phrases
{
    public override string Language => "en";

    public override string Day(DateTimeOffset local) => Format(local, "d MMM");
    public override string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    public override string Moment(DateTimeOffset local) => Format(local, "d MMM HH':'mm");
    public override string DueLong(DateTimeOffset local) => Format(local, "dddd d MMM yyyy', 'HH':'mm");
    public override string DueShort(DateTimeOffset local) => Format(local, "ddd d MMM HH':'mm");

    public override string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
    public override ActWords? Act(string kind) => EnglishActs.All.GetValueOrDefault(kind);
    public override string? FactLabel(string fact) => FactLabels.Find(fact)?.English;
    public override string BantTopic(string fact) => FactLabels.BantTopic(fact).English;

    public override string And => "and";
    public override string Or => "or";
    public override string Of => "of";
    public override string Yes => "yes";
    public override string No => "no";
    public override string Fit => "fit";
    public override string Interest => "interest";

    public override string OfferedTitle(string due) => $"NEW LEAD FOR YOU · answer by {due}";
    public override string EndedTitle(HandoverState state) => state switch
    {
        HandoverState.Accepted => "ACCEPTED",
        HandoverState.AcceptedBySilence => "ACCEPTED BY SILENCE",
        HandoverState.AcceptedByAction => "ACCEPTED BY WHAT SALES DID",
        HandoverState.Rejected or HandoverState.Disqualified => "REJECTED",
        HandoverState.Returned => "SENT BACK FOR MISSING DATA",
        HandoverState.Superseded => "MOVED ON WITHOUT AN ANSWER",
        HandoverState.Recycled => "BACK TO NURTURE",
        _ => "LAPSED",
    };

    public override string WhyNow(string acts) => $"Why now: {acts}";
    public override string ActOn(string act, string day) => $"{act} on {day}";
    public override string Score(string name, int score, int most, int? needs) => $"{name.ToUpperInvariant()} {score} of {most}{(needs is null ? "" : $" (needs {needs})")}";
    public override string Counted(long count, string noun, int days, string latest) => $"{count} {noun} in {days} days, latest {latest}";
    public override string NoneIn(string noun, int days) => $"{noun}: none in {days} days";
    public override string TooFewIn(string noun, long count, int days, int needed) => $"{noun}: {count} in {days} days, needs {needed}";
    public override string NotKnown(string what) => $"{what}: not known";
    public override string CountedSince(string what, string day) => $"{what}: counted since {day}";

    public override string Bant(string met, string notMet, string ask)
    {
        var known = met.Length + notMet.Length == 0 ? "nothing known yet" : Join(met, "confirmed", notMet, "no to");
        return $"BANT: {known}.{(ask.Length > 0 ? $" Ask about {ask}." : "")}";
    }

    public override string Without(string what, string score, int left) => $"Without {what} {score} would be {left} and this lead would not have been sent.";
    public override string WithoutFact(string label, int left) => $"Without \"{label}\" fit would be {left} and this lead would not have been sent.";
    public override string WithoutRequest(string what) => $"Without {what} this lead would not have been sent.";
    public override string HowToAnswer =>
        "HOW TO ANSWER: use the field \"Answer on lead\". Accept = I will follow up. Return = data is missing. Reject = choose the reason. One click is enough.";
    public override string Rules(string name, int version, string effective) => $"Rules: {name} v{version} ({effective}).";
    public override string Fades => "Points fade with time.";

    public override string NotYetTitle(string date) => $"NOT READY FOR SALES YET · judged {date}";
    public override string NotEnoughDataTitle(string date) => $"NOT ENOUGH DATA YET · judged {date}";
    public override string Short(string score, int points, int has, int needs) => $"{Line.Capital(score)} is {points} {Points(points)} short ({has} of {needs}).";
    public override string ShortBoth(int interest, int interestHas, int interestNeeds, int fit, int fitHas, int fitNeeds) =>
        $"Interest is {interest} {Points(interest)} short ({interestHas} of {interestNeeds}) and fit {fit} {Points(fit)} short ({fitHas} of {fitNeeds}).";
    public override string Fine(string score, int has, int most, int needs) => $"{Line.Capital(score)} is fine ({has} of {most}, needs {needs}).";
    public override string HeldBack(int fit, int interest) => $"The requirements are met (fit {fit}, interest {interest}), but the lead is held back.";
    public override string HeldBackBy(string reasons) => $"Held back by: {reasons}.";
    public override string AnsweredNo(string criterion) => $"{criterion} answered no";
    public override string IsNotMet(string criterion) => $"{criterion} is not met";
    public override string IsOpen(string criterion) => $"{criterion} is not known";
    public override string TooFewMet(int met, int needed, string criteria) => $"{met} met of {criteria}, needs {needed}";
    public override string NoneKnown(string facts) => $"{facts} is missing";
    public override string TooLow(string score, int has, int needs) => $"{score} {has}, needs {needs}";
    public override string MissingData(string facts) => $"Data missing: {facts}.";
    public override string WouldMakeReady(string acts) => $"Would make it ready: {acts}.";
    public override string WouldQualify(string acts) => $"Would make it marketing-qualified: {acts}.";
    public override string FilledIn(string label) => $"{label} filled in and right";
    public override string AtOnce => "A request for a demo, price or contact sends it at once.";
    public override string WorthUnknown(int points, bool changes) => $"(worth {points}{(changes ? "" : ", would not change the answer")})";
    public override string Blockers(string blockers) => $"Blockers: {blockers}.";
    public override string NoBlockers => "Blockers: none.";
    public override string TakeIt => "Know this lead and want it now? Choose \"Take it\" in the field \"Answer on lead\".";
    public override string HeldTitle(string date) => $"READY, BUT HELD BACK · judged {date}";
    public override string OutsidePilot => "The pilot does not include this lead; it is judged and not sent.";
    public override string OwnerHasEnough(int perDay) => $"A rep gets at most {perDay} new leads a day in the first days. The best are sent first, as soon as there is room again.";
    public override string ConnectionHasEnough(int perDay) => $"At most {perDay} new leads a day are sent in the first days. The best are sent first, as soon as there is room again.";

    public override string BreachTitle(int count, string date) => $"{count} {(count == 1 ? "lead is" : "leads are")} unanswered past the deadline ({date})";
    public override string BreachRow(string lead, string? owner, string due, string hours) =>
        $"- {lead}: {(owner is null ? "no owner" : $"owner {owner}")}, answer was due {due}, {hours} working hours late";
    public override string AndMore(int count) => $"... and {count} more";
    public override string BreachAdvice => "Ask the owner to answer in the field \"Answer on lead\", or give the lead another owner.";

    public override string TaskTitle(string lead, string company, string due) => $"Answer lead: {lead}{(company.Length > 0 ? $", {company}" : "")} (by {due})";
    public override string HandRaisePrefix => "ASKED FOR A DEMO: ";
    public override string TaskBody(string acts, int fit, int interest) =>
        $"{acts}Fit {fit}, interest {interest}. Open the record, read \"Why this lead\", choose in \"Answer on lead\". The task closes itself once you have answered; closing it is not an answer.";
    public override string ReminderPrefix => "REMINDER: ";
    public override string OverduePrefix => "OVERDUE: ";
    public override string EscalatedPrefix => "ESCALATED: ";
    public override string DisputedPrefix => "DISPUTED: ";
    public override string SayWhyPrefix => "SAY WHY: ";
    public override string SayWhy => "The answer \"other\" counts once the field \"Comment on answer\" says why. ";
    public override string Reopened => "This task was closed without an answer and is open again. ";

    public override string Decided(string verb, string rep, string moment, string? reason, string? comment) =>
        $"{verb} by {rep}{moment}{(reason is null ? "" : $": {reason}")}{(comment is null ? "" : $" (\"{comment}\")")}.";
    public override string Verb(string option) => option switch
    {
        "accept" => "Accepted",
        "return" => "Returned",
        "take" => "Taken",
        _ => "Rejected",
    };

    public override string BackUntil(string date) => $"Back to marketing; may be sent again after {date}, or at once if the lead gets in touch.";
    public override string BackForGood => "Back to marketing; will not be sent again.";
    public override string Unanswered(string moment) => $"No answer by {moment}. Back to marketing.";
    public override string WentOn => "It went on without the missing data.";
    public override string Sales => "sales";
    public override string AcceptedBySilence(string moment) => $"No answer by {moment}: accepted by silence, as agreed.";
    public override string AcceptedByAction(string rep, string moment) => $"Accepted by {rep}{moment}: moved on in the CRM without an answer in writing.";
    public override string NothingToAnswer(string? answer) =>
        $"This lead is not waiting for an answer, so {(answer is null ? "the answer" : $"\"{answer}\"")} changes nothing. Do you want it? Choose \"Take it\" in the field \"Answer on lead\".";

    public override string RequestRefused(string request, string because) => $"\"{request}\" changes nothing, and the field \"Marketing's request\" is empty again. {because}";
    public override string Refusal(RequestRefusal refusal) => refusal switch
    {
        RequestRefusal.TooLate => "The time to dispute this rejection is over; the rejection stands.",
        RequestRefusal.DisputedBefore => "A rejection may be disputed once, and this one was. Sales has answered again, and that answer stands.",
        RequestRefusal.NothingToDispute => "This lead has no rejection that can be disputed.",
        RequestRefusal.WithSales => "Sales has this lead already.",
        _ => "The pilot does not include this lead. Choose it again when the pilot is over.",
    };
    public override string AcceptanceStands(string moment, string? answer) =>
        $"This lead is accepted{(moment.Length > 0 ? $" since{moment}" : "")}, and that stands: {(answer is null ? "the answer" : $"\"{answer}\"")} changes nothing. Whoever answered can correct it within 24 hours; after that it is changed by moving the stage.";

    private static string Points(int points) => points == 1 ? "point" : "points";

    private static string Join(string met, string metWord, string notMet, string notMetWord) =>
        string.Join("; ", new[] { met.Length > 0 ? $"{met} {metWord}" : "", notMet.Length > 0 ? $"{notMetWord} {notMet}" : "" }.Where(part => part.Length > 0));

    private static string Format(DateTimeOffset local, string format) => local.ToString(format, CultureInfo.InvariantCulture);
}
