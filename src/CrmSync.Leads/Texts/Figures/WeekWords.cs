namespace CrmSync.Leads.Texts.Figures;

/// <summary>Headings and sentences of the weekly page.</summary>
public sealed class WeekWords(string language)
{
    private readonly bool _danish = language == "da";

    public string Title => _danish ? "Ugen i overdragelsen" : "The week in the hand-over";
    public string Subtitle(int week, int year, string from, string to) => _danish ? $"Uge {week}, {year}: {from} til {to}" : $"Week {week}, {year}: {from} to {to}";
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
}
