using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says what follows an offer: who gets it, by when it is answered, which hours count, and what silence means.</summary>
public static class PromiseText
{
    public static IReadOnlyList<Clause> Of(RuleSet rules, string language)
    {
        var words = new Wording(language);
        var sla = rules.SlaOf(rules.Default);
        return [.. AssignmentText.Of(rules, words), .. new[]
        {
            Deadline(sla, words), Hours(sla, words), HolidayText.Of(sla, words), Escalation(sla, words), Silence(rules, words), Consent(rules.Accept, words),
            Dispute(sla, words),
        }.Where(text => text.Length > 0).Select(text => new Clause(text))];
    }

    /// <summary>Who may make a lead marketing-qualified.</summary>
    public static string Origin(RuleSet rules, string language) => Origin(rules.MqlFrom, new Wording(language)) + ".";

    /// <summary>What the deadline means in practice: a lead offered on a Friday afternoon, with and without a hand-raise.</summary>
    public static IReadOnlyList<Clause> Examples(RuleSet rules, DateTimeOffset offered, string language)
    {
        var words = new Wording(language);
        var sla = rules.SlaOf(rules.Default);
        var calendar = BusinessCalendar.Of(sla);
        var clock = new SlaClock(calendar);
        string Local(DateTimeOffset instant) => words.Moment(TimeZoneInfo.ConvertTime(instant, calendar.Zone));
        string Say(WorkingTime time, string danish, string english) =>
            words[$"{danish} {Local(offered)}: svar senest {Local(clock.DueAt(offered, time))}", $"{english} {Local(offered)}: answer by {Local(clock.DueAt(offered, time))}"];
        return [
            new(Say(sla.Answer, "Et lead sendt til salg", "A lead sent to sales on")),
            new(Say(sla.HandRaise, "En aktiv henvendelse sendt til salg", "A hand-raise sent to sales on"))];
    }

    private static string Origin(MqlSource source, Wording words) => source switch
    {
        MqlSource.Rules => words["Et lead bliver kun MQL, når reglerne siger det", "A lead becomes an MQL only where the rules say so"],
        MqlSource.Crm => words["Et lead bliver kun MQL, når en person eller en arbejdsgang sætter det i CRM-systemet; reglerne vejleder", "A lead becomes an MQL only where a person or a workflow sets it in the CRM; the rules advise"],
        _ => words["Et lead bliver MQL, når reglerne siger det, eller når en person eller en arbejdsgang sætter det i CRM-systemet", "A lead becomes an MQL where the rules say so, or where a person or a workflow sets it in the CRM"],
    };

    /// <summary>How fast sales answers.</summary>
    internal static string Deadline(SlaSettings sla, Wording words) => words[
        $"Salg svarer inden for {words.Working(sla.Answer)}; på en aktiv henvendelse inden for {words.Working(sla.HandRaise)}",
        $"Sales answers within {words.Working(sla.Answer)}; a hand-raise within {words.Working(sla.HandRaise)}"];

    private static string Hours(SlaSettings sla, Wording words)
    {
        var week = sla.Hours.OrderBy(day => ((int)day.Day + 6) % 7).ToList();
        var spans = new List<string>();
        for (var first = 0; first < week.Count;)
        {
            var last = first;
            while (last + 1 < week.Count && week[last + 1].Day == (DayOfWeek)(((int)week[last].Day + 1) % 7) && Same(week[last + 1], week[first]))
                last++;
            var days = first == last ? words.Weekday(week[first].Day) : $"{words.Weekday(week[first].Day)}{words["–", " to "]}{words.Weekday(week[last].Day)}";
            spans.Add($"{days} {words["kl. ", ""]}{words.Time(week[first].From)}–{words.Time(week[first].To)}");
            first = last + 1;
        }
        return $"{words["Arbejdstid", "Business hours"]}: {words.And(spans)} ({words["tidszone", "time zone"]} {sla.Zone}); {words["kun den tæller", "only these count"]}";
    }

    private static bool Same(OpeningHours a, OpeningHours b) => a.From == b.From && a.To == b.To;

    private static string Escalation(SlaSettings sla, Wording words)
    {
        string Percent(int percent) => percent == 100 ? words["når fristen er nået", "at the deadline"] : words[$"når {percent} % af tiden er gået", $"after {percent}% of the time"];
        return sla.EscalateAt.Count == 0
            ? ""
            : $"{words["Der rykkes for svar, ", "Reminders are due "]}{string.Join(words[", og ", " and "], sla.EscalateAt.Order().Select(Percent))}";
    }

    private static string Silence(RuleSet rules, Wording words)
    {
        var grace = words.Days((decimal)new HandoverPolicy { DueAt = (at, _) => at }.ExpireAfter.TotalDays);
        var rest = words.Days(rules.CoolOff.OtherDays);
        return rules.Sla.Silence switch
        {
            SilencePolicy.Accept => words[
                "Tavshed er et ja: efter fristen regnes leadet for accepteret ved tavshed, og det tælles for sig",
                "Silence is a yes: after the deadline the lead counts as accepted by silence, which is counted apart"],
            SilencePolicy.Wait => words["Tavshed er ikke et svar: tilbuddet står åbent, til nogen svarer", "Silence is no answer: the offer stays open until somebody answers"],
            SilencePolicy.Escalate => words[
                $"Tavshed er ikke et ja: ved fristen går sagen videre til {rules.Sla.EscalateTo}, og {grace} efter går leadet tilbage til marketing, og karensperioden er {rest}",
                $"Silence is no yes: at the deadline it goes to {rules.Sla.EscalateTo}, and {grace} later the lead goes back to marketing, with a cool-off of {rest}"],
            SilencePolicy.Reassign => words[
                $"Tavshed er ikke et ja: ved fristen går tilbuddet én gang videre til den næste med en ny frist; {grace} efter den går leadet tilbage til marketing, og karensperioden er {rest}",
                $"Silence is no yes: at the deadline the offer goes once to the next person, with a new deadline; {grace} after that one the lead goes back to marketing, with a cool-off of {rest}"],
            _ => words[
                $"Tavshed er ikke et ja: {grace} efter fristen går leadet tilbage til marketing, og karensperioden er {rest}",
                $"Silence is no yes: {grace} after the deadline the lead goes back to marketing, with a cool-off of {rest}"],
        };
    }

    private static string Consent(AcceptSettings accept, Wording words)
    {
        if (accept is { OnStageMoved: true, OnFirstContact: true, OnMeetingBooked: true })
            return words["Et ja er et svar i feltet \"Svar på lead\" eller en handling, f.eks. et opkald eller et møde", "A yes is an answer in the field \"Answer on lead\" or an action, such as a call or a meeting"];
        List<string> acts = [];
        if (accept.OnStageMoved)
            acts.Add(words["at en person flytter leadets trin", "a person moving the lead's stage"]);
        if (accept.OnFirstContact)
            acts.Add(words["et opkald", "a call"]);
        if (accept.OnMeetingBooked)
            acts.Add(words["et møde", "a meeting"]);
        return acts.Count == 0
            ? words["Kun et svar i feltet \"Svar på lead\" er et ja: accepten er skriftlig", "Only an answer in the field \"Answer on lead\" is a yes: acceptance is in writing"]
            : words[
                $"Et ja er et svar i feltet \"Svar på lead\" eller en handling: {words.And(acts)}; accept ved handling tælles for sig",
                $"A yes is an answer in the field \"Answer on lead\" or an action: {words.And(acts)}; acceptance by action is counted apart"];
    }

    // The usual time goes without saying.
    private static string Dispute(SlaSettings sla, Wording words) => sla.Dispute == new SlaSettings().Dispute ? "" : words[
        $"Marketing kan anfægte en afvisning én gang, inden for {words.Working(sla.Dispute)}; så spørges salg igen",
        $"Marketing may dispute a rejection once, within {words.Working(sla.Dispute)}; sales is then asked again"];
}
