using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts.Story;

internal sealed class EnglishStory : StoryWords
{
    public override string When(string? moment) => moment is null ? "at a time nobody observed" : $"on {moment}";

    public override string Who(string? actor) => actor switch
    {
        "crmsync" => "CrmSync",
        "automation" => "an automation",
        { } person when person.StartsWith("person:", StringComparison.Ordinal) => $"user {person["person:".Length..]}",
        _ => "somebody unknown",
    };

    public override string Stage(string? stage) => stage switch
    {
        "MarketingQualified" => "MQL",
        "SalesAccepted" => "SAL",
        "SalesQualified" => "SQL",
        null => "a stage outside the model",
        _ => stage.ToLowerInvariant(),
    };

    public override string Owner(string id) => $"user {id}";

    public override string Reason(RejectionReason reason) => reason switch
    {
        RejectionReason.WrongIndustry => "wrong industry",
        RejectionReason.WrongCompanySize => "wrong size",
        RejectionReason.WrongGeography => "wrong country",
        RejectionReason.WrongRole => "wrong person",
        RejectionReason.NoNeed => "no need",
        RejectionReason.NoBudget => "no budget",
        RejectionReason.BadTiming => "bad timing",
        RejectionReason.ExistingCustomerOrOpenDeal => "customer or open deal",
        RejectionReason.Duplicate => "duplicate",
        RejectionReason.NeverRelevant => "never relevant",
        _ => "another reason, in the comment",
    };

    public override string Assigned(string? code) => code switch
    {
        "LeadOwner" => ", who owns the lead,",
        "CompanyOwner" => ", who owns the company,",
        "OpenOffer" => ", who has an open offer at the same company,",
        "Turn" => ", whose turn it was,",
        "Fallback" => ", the fallback, since nobody else was there,",
        _ => "",
    };

    public override string FirstSeen(string stage, string when) => $"First seen as {stage}; it came there {when}.";
    public override string StageSeen(string who, string from, string to, string when) => $"{Line.Capital(who)} moved it from {from} to {to} {when}.";
    public override string Qualified(int? episode, string when, string why) => $"Hand-over no. {episode} began {when}{why}.";
    public override string Scores(int fit, int interest, string met) => $": fit {fit}, interest {interest}{(met.Length > 0 ? $"; met: {met}" : "")}";
    public override string Held(string when, string? because) => $"Held back {when}{(because is null ? "" : $": {because.TrimEnd('.')}")}.";
    public override string Offered(string owner, string when, string assigned, string due) => $"Offered{(owner.Length > 0 ? $" to {owner}{assigned}" : " to sales")} {when}; answer by {due}.";
    public override string Reassigned(string owner, string when, string assigned, string due) => $"Passed on{(owner.Length > 0 ? $" to {owner}{assigned}" : "")} {when}, as nobody had answered; answer by {due}.";
    public override string Overdue(string when) => $"The deadline passed without an answer {when}.";
    public override string Escalated(string when, string owner) => $"Escalated{(owner.Length > 0 ? $" to {owner}" : "")} {when}.";
    public override string AskedBack(string when) => $"An answer without its reason was asked back {when}.";
    public override string TaskReopened(string when) => $"The task was closed without an answer and opened again {when}.";
    public override string TaskRemade(string when) => $"The task had been deleted and was made again {when}.";
    public override string Accepted(string who, string when) => $"Accepted by {who} {when}.";
    public override string AcceptedBySilence(string when) => $"Accepted by silence {when}: nobody answered in time.";
    public override string AcceptedByAction(string who, string when) => $"Accepted by what {who} did {when}, without a written answer.";
    public override string Rejected(string who, string when, string? reason, string rest) => $"Rejected by {who} {when}{(reason is null ? "" : $": {reason}")}.{rest}";
    public override string Rests(string date) => $" It may be sent again after {date}, or at once if the lead gets in touch.";
    public override string ForGood => " It is not sent again.";
    public override string Returned(string who, string when) => $"Sent back by {who} {when}: data is missing.";
    public override string Expired(string when, string rest) => $"Nobody answered; it went back to marketing {when}.{rest}";
    public override string Superseded(string when) => $"The offer was overtaken {when}: the lead moved on without an answer.";
    public override string Merged(string when) => $"The record was merged with another {when}; the hand-over goes on under the record that is left.";
    public override string WentOn(string when) => $"It went on without the missing data {when}.";
    public override string NeverOffered(string when) => $"It ended before it was offered to anybody {when}.";
    public override string Withdrawn(string when) => $"The offer was taken back {when}.";
    public override string Gone => "The record was deleted or archived in the CRM, and the offer ended with it.";
    public override string Recycled(string when) => $"Sales gave it back to nurture {when}.";
    public override string Corrected(string who, string when) => $"{Line.Capital(who)} corrected the answer {when}; the first one is kept beside it.";
    public override string Disputed(string when) => $"Marketing disputed the rejection {when}.";
    public override string StageMoved(string from, string to, string when) => $"The stage went from {from} to {to} {when}.";
    public override string Won(string when) => $"Won: it became a customer {when}.";
    public override string Lost(string when) => $"Lost {when}.";
    public override string Suppressed(string when, string? because) => because switch
    {
        "an automation answered, and only a person can" => $"An automation answered {when}; only a person can, and nothing changed.",
        "a deactivated user answered" => $"A deactivated user answered {when}; nothing changed.",
        "a person set the stage, and nothing newer happened" => $"It met the requirements {when} and was not let in: a person had set the stage, and nothing newer happened.",
        "the rules changed, and nothing newer happened" => $"It met the requirements {when} only because the rules changed, and was not let in: nothing newer happened.",
        "the rules changed, and nothing else did" => $"It could be offered {when} only because the rules changed, and was not.",
        nameof(RequestRefusal.TooLate) => $"Marketing disputed the rejection {when}, after the time for it; the rejection stands.",
        nameof(RequestRefusal.DisputedBefore) => $"Marketing disputed the rejection once more {when}; it may once, and the rejection stands.",
        nameof(RequestRefusal.NothingToDispute) => $"Marketing disputed {when} a rejection that there was not; nothing changed.",
        nameof(RequestRefusal.WithSales) => $"Marketing asked {when} for sales to have it, who had it already; nothing changed.",
        nameof(RequestRefusal.OutsidePilot) => $"Marketing asked {when} to send it to sales; the pilot does not include it, and nothing changed.",
        _ => $"It was looked at {when} and not let in.",
    };
    public override string NotWritten(string when, string? because) => $"A step was decided {when} and not written{(because is null ? "" : $": {because}")}.";
    public override string Parked(string when) => $"Parked {when}: its stage went to and fro between CrmSync and somebody else.";

    public override string Waits(StoryWait wait, string owner, string? moment, string? because) => wait switch
    {
        StoryWait.Answer => $"Now {(owner.Length > 0 ? owner : "sales")} is to answer{(moment is null ? "" : $" by {moment}")}, in the field \"Answer on lead\".",
        StoryWait.Offer => $"Now it waits to be offered{(because is null ? ", until nothing holds it back" : $": {because.TrimEnd('.')}")}.",
        StoryWait.Data => "Now the missing data is to be filled in; then it is offered again.",
        StoryWait.Work => "Now sales works it; the stage follows.",
        StoryWait.Rest => $"Now it rests until {moment}; something newer, or a request of its own, brings it back.",
        StoryWait.Nothing => "Now nothing is waited for; it is over.",
        StoryWait.Crm => "Now a decided step is being written to the CRM.",
        StoryWait.MassBrake => $"Now the brake on mass moves holds its next step, since {moment}: too many leads were to change stage within an hour. \"{because}\" releases it.",
        StoryWait.Admin => $"Now an admin is to look at it{(because is null ? "" : $": {because.TrimEnd('.')}")}.",
        _ => "Now it waits for something new that the lead does.",
    };
}
