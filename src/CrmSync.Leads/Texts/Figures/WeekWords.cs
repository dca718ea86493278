namespace CrmSync.Leads.Texts.Figures;

/// <summary>Headings and sentences of the weekly page.</summary>
public sealed class WeekWords(string language)
{
    private readonly bool _danish = language == "da";

    public string Title => _danish ? "Ugen i overdragelsen" : "The week in the hand-over";
    /// <summary>With the first and the last day of the week.</summary>
    public string Subtitle(int week, int year, DateOnly from, DateOnly to) => _danish
        ? $"Uge {week}, {year}: {(from.Month == to.Month ? $"{from.Day}." : Day(from))} til {Day(to)}"
        : $"Week {week}, {year}: {(from.Month == to.Month ? $"{from.Day}" : Day(from))} to {Day(to)}";

    /// <summary>A day without its year.</summary>
    public string Day(DateOnly day) => _danish ? $"{day.Day}. {Months[day.Month - 1]}" : $"{day.Day} {Months[day.Month - 1]}";

    /// <summary>A month in three letters, with its year where that changes.</summary>
    public string Month(DateOnly month, bool withYear) => withYear ? $"{Months[month.Month - 1][..3]} {month.Year}" : Months[month.Month - 1][..3];

    private string[] Months => _danish
        ? ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"]
        : ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public string DataUpTo => _danish ? "Data til og med" : "Data up to";
    public string Waiting => _danish ? "Leads, der venter på svar" : "Leads waiting for an answer";
    public string NobodyWaits => _danish ? "Ingen leads venter på svar." : "No lead is waiting for an answer.";
    public string WaitingSaid(int waiting, int overdue) => _danish
        ? $"{waiting} {(waiting == 1 ? "lead venter" : "leads venter")}; {overdue} over fristen."
        : $"{waiting} {(waiting == 1 ? "lead is" : "leads are")} waiting; {overdue} overdue.";
    public string More(int more) => _danish ? $"... og {more} til." : $"... and {more} more.";
    public string Owes => _danish ? "Hvem skylder svar" : "Who owes an answer";
    public string Lead => _danish ? "Lead i CRM" : "Lead in the CRM";
    public string Owner => _danish ? "Ansvarlig" : "Owner";
    public string Nobody => _danish ? "ingen" : "nobody";
    public string Due => _danish ? "Svar senest" : "Answer by";
    public string Overdue => _danish ? "Over fristen" : "Overdue";
    public string Count => _danish ? "Venter" : "Waiting";
    public string ThisWeek => _danish ? "Ugen i tal" : "The week in numbers";
    public string Kpis => _danish ? "De tre nøgletal" : "The three KPIs";
    public string KpisSaid => _danish
        ? "Alle kohorter til og med datoen ovenfor. Under 20 vises kun antal. Intervallet viser, hvor sikkert tallet er."
        : "All cohorts up to the date above. Below 20 only counts are shown. The interval says how sure the figure is.";
    public string Leakage => _danish ? "Løfter og lækage" : "Promises and leakage";
    public string Reasons => _danish ? "Hvorfor leads blev afvist i ugen" : "Why leads were rejected this week";
    public string NoRejections => _danish ? "Ingen leads blev afvist i ugen." : "No lead was rejected this week.";
    public string Overrides => _danish ? "Svar imod reglerne" : "Answers against the rules";
    public string Offered => _danish ? "sendt til salg" : "sent to sales";
    public string Accepted => _danish ? "godkendt" : "accepted";
    public string Rejected => _danish ? "afvist" : "rejected";
    public string Won => _danish ? "vundet" : "won";
    public string Qualified => _danish ? "nye MQL" : "new MQLs";
    public string Definitions => _danish ? "Hvad tallene betyder" : "What the figures mean";
    public string WeekBefore(string count) => _danish ? $"ugen før: {count}" : $"week before: {count}";
    public string Of(string hits, string n) => _danish ? $"{hits} af {n}" : $"{hits} of {n}";
    public string OpenOnes(string open) => _danish ? $"{open} stadig åbne" : $"{open} still open";
    public string Between(string interval) => _danish ? $"sandsynligvis {interval}" : $"likely {interval}";
    public string ByMonth => _danish ? "Måned for måned" : "Month by month";
    public string ByMonthSaid => _danish
        ? "Prikken er måneden, stregen er, hvor sikkert tallet er. Måneder med færre end 20 og måneder, der er for unge, har ingen prik."
        : "The dot is the month, the line says how sure the figure is. Months with fewer than 20, and months that are too young, have no dot.";
    public string Unmet => _danish ? "Kriterier, som de afviste ikke opfyldte" : "Criteria that the rejected did not meet";
    public string Restated => _danish ? "Ændret siden det blev fortalt" : "Restated: changed since it was told";
    public string RestatedSaid => _danish
        ? "Samme spørgsmål med samme skæringstidspunkt giver et andet svar i dag: hændelser, der kom sent, rettelser, fletninger eller importeret historik."
        : "The same question with the same cut-off has another answer today: events that came late, corrections, merges or imported history.";
    public string Told => _danish ? "Data til og med" : "Data up to";
    public string Was => _danish ? "Fortalt" : "Told";
    public string Now => _danish ? "I dag" : "Today";
    public string Attached => _danish ? "Hele siden er vedhæftet: hvem der skylder svar, nøgletal, lækage og årsager." : "The whole page is attached: who owes an answer, KPIs, leakage and reasons.";
}
