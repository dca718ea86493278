using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>Who owes an answer, and to which leads.</summary>
/// <param name="moment">Writes an instant in the zone of the page.</param>
internal sealed class WeekWaiting(WeekHtml html, WeekWords words, FigureText text, Func<DateTimeOffset, string> moment)
{
    private const int MostLeads = 40;

    public void Write(WeekReport report)
    {
        html.Open(words.Waiting);
        if (report.Waiting.Count == 0)
        {
            html.Line(words.NobodyWaits).Close();
            return;
        }
        html.Raw($"<p{(report.Overdue > 0 ? " class=\"late\"" : "")}>{WeekHtml.Text(words.WaitingSaid(report.Waiting.Count, report.Overdue))}</p>").Heading(words.Owes);
        html.Table([words.Owner, words.Count, words.Overdue], report.Waiting.GroupBy(lead => lead.OwnerId).OrderByDescending(owner => owner.Count()).Select(owner => new[]
        {
            WeekHtml.Text(owner.Key ?? words.Nobody), text.Count(owner.Count()), Late(text.Count(owner.Count(IsOverdue)), owner.Any(IsOverdue)),
        }));
        html.Table([words.Lead, words.Owner, words.Due], report.Waiting.Take(MostLeads).Select(lead => new[]
        {
            Link(lead), WeekHtml.Text(lead.OwnerId ?? words.Nobody), lead.DueAt is { } due ? Late(moment(due), IsOverdue(lead)) : "",
        }));
        if (report.Waiting.Count > MostLeads)
            html.Line(words.More(report.Waiting.Count - MostLeads));
        html.Close();

        bool IsOverdue(WaitingLead lead) => lead.DueAt <= report.CutOff;
    }

    private static string Late(string text, bool isLate) => isLate ? $"<span class=\"late\">{WeekHtml.Text(text)}</span>" : WeekHtml.Text(text);

    private static string Link(WaitingLead lead)
    {
        var name = WeekHtml.Text($"{lead.Connection}/{lead.LeadId}");
        return lead.Link is { } link ? $"<a href=\"{WeekHtml.Text(link.ToString())}\" rel=\"noreferrer\">{name}</a>" : name;
    }
}
