using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>An offer that somebody owes an answer to.</summary>
internal sealed record WaitingLead(string Connection, string LeadId, string? OwnerId, DateTimeOffset? DueAt, Uri? Link);

/// <summary>What the two departments look at in their weekly meeting.</summary>
/// <param name="Week">Monday 00:00 to Monday 00:00 in the reporting zone.</param>
/// <param name="Counts">What happened in the week: new MQLs, offers, acceptances, rejections, sales.</param>
internal sealed record WeekReport(
    int Year, int Number, Period Week, DateTimeOffset CutOff, TimeZoneInfo Zone, KpiReport All, KpiReport OfWeek, WeekCounts Counts, IReadOnlyList<WaitingLead> Waiting)
{
    public int Overdue => Waiting.Count(lead => lead.DueAt <= CutOff);

    /// <param name="question">Its period is set aside: the KPIs are of all cohorts.</param>
    /// <param name="name">Such as <c>2026-W05</c>; null: the last week that is over.</param>
    public static async Task<WeekReport?> ReadAsync(
        IStoreReports reports, KpiQuestion question, string? name, TimeZoneInfo zone, IReadOnlyList<WaitingLead> waiting, CancellationToken cancellationToken)
    {
        name ??= NameOf(TimeZoneInfo.ConvertTime(question.CutOff, zone).Date.AddDays(-7));
        if (name.Length != 8 || PeriodText.Parse(name, zone) is not { } week)
            return null;
        KpiGroups all = new(question with { Period = default }, KpiSplit.None, zone), ofWeek = new(question with { Period = week }, KpiSplit.None, zone);
        var counts = new WeekCounts();
        await foreach (var row in reports.EpisodesAsync(cancellationToken))
        {
            all.Add(row);
            ofWeek.Add(row);
            counts.Add(row, week, question.CutOff);
        }
        return new(
            int.Parse(name[..4], CultureInfo.InvariantCulture), int.Parse(name[6..], CultureInfo.InvariantCulture), week, question.CutOff, zone,
            all.Report(), ofWeek.Report(), counts, [.. waiting.OrderBy(lead => lead.DueAt ?? DateTimeOffset.MaxValue).ThenBy(lead => lead.LeadId, StringComparer.Ordinal)]);
    }

    /// <summary>The name of the week of a local day.</summary>
    internal static string NameOf(DateTime day) => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}");
}

/// <summary>What happened within a week.</summary>
internal sealed class WeekCounts
{
    public int Qualified { get; private set; }
    public int Offered { get; private set; }
    public int Accepted { get; private set; }
    public int Rejected { get; private set; }
    public int Won { get; private set; }

    public void Add(EpisodeRow row, Period week, DateTimeOffset cutOff)
    {
        if (row.Superseded)
            return;
        Qualified += One(row.MqlAt);
        Offered += One(row.OfferedAt);
        Accepted += One(row.AcceptedAt);
        Rejected += row.AcceptedAt is null ? One(row.RejectedAt) : 0;
        Won += One(row.WonAt);

        int One(DateTimeOffset? at) => at <= cutOff && week.Has(at) ? 1 : 0;
    }
}
