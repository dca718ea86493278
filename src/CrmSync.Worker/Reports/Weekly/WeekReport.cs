using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>What the two departments look at in their weekly meeting.</summary>
/// <param name="Week">Monday 00:00 to Monday 00:00 in the reporting zone.</param>
/// <param name="Counts">What happened in the week: new MQLs, offers, acceptances, rejections, sales.</param>
internal sealed record WeekReport(
    int Year, int Number, Period Week, DateTimeOffset CutOff, TimeZoneInfo Zone, KpiReport All, KpiReport OfWeek, WeekCounts Counts, IReadOnlyList<WaitingLead> Waiting)
{
    /// <summary>What happened in the week before.</summary>
    public required WeekCounts Before { get; init; }

    /// <summary>The three KPIs by month.</summary>
    public required KpiReport Months { get; init; }

    /// <summary>Figures that were told in earlier weeks and are not what they were.</summary>
    public IReadOnlyList<RestatedFigure> Restated { get; init; } = [];

    /// <summary>Such as <c>2026-W05</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-W{Number:00}");
    public string FileName => $"crmsync-{Name}.html";
    public DateOnly FirstDay => DayOf(Week.From!.Value);
    public DateOnly LastDay => DayOf(Week.To!.Value).AddDays(-1);

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
        var months = new BriefTally(question with { Period = default }, zone, byMonth: true);
        var (counts, before) = (new WeekCounts(), new WeekCounts());
        var weekBefore = PeriodText.Parse(NameOf(TimeZoneInfo.ConvertTime(week.From!.Value, zone).Date.AddDays(-7)), zone)!.Value;
        await foreach (var row in reports.EpisodesAsync(cancellationToken))
        {
            all.Add(row);
            ofWeek.Add(row);
            months.Add(row);
            counts.Add(row, week, question.CutOff);
            before.Add(row, weekBefore, question.CutOff);
        }
        return new(
            int.Parse(name[..4], CultureInfo.InvariantCulture), int.Parse(name[6..], CultureInfo.InvariantCulture), week, question.CutOff, zone,
            all.Report(), ofWeek.Report(), counts, [.. waiting.OrderBy(lead => lead.DueAt ?? DateTimeOffset.MaxValue).ThenBy(lead => lead.LeadId, StringComparer.Ordinal)])
        {
            Before = before, Months = months.Report(), Restated = await Restatements.ReadAsync(reports, zone, cancellationToken),
        };
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).Date);

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

    /// <summary>Each with what it counts.</summary>
    public IReadOnlyList<(int Count, string Name)> Named(WeekWords words) =>
        [(Qualified, words.Qualified), (Offered, words.Offered), (Accepted, words.Accepted), (Rejected, words.Rejected), (Won, words.Won)];

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
