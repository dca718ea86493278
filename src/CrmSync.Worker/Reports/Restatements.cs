using CrmSync.Leads.Kpis;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>A figure that was told, and that the same question with the same cut-off answers otherwise today.</summary>
internal sealed record RestatedFigure(ToldFigure Was, KpiFigure Now)
{
    /// <summary>What was told, as a figure like the one of today.</summary>
    internal KpiFigure Before => Now with { Numerator = Was.Numerator, N = Was.N, Open = Was.Open, Value = Was.Value, Low = null, High = null, Remarks = [] };
}

/// <summary>Finds what changed figures that were told: events that came late, corrections, merges, imported history.</summary>
internal static class Restatements
{
    /// <summary>How many tellings are looked back on.</summary>
    private const int Tellings = 8;

    /// <summary>A report's three KPIs as they are kept; nothing of what stands on nobody.</summary>
    public static IReadOnlyList<ToldFigure> Of(KpiReport report)
    {
        var figures = report.Figures.Where(figure => figure.By is null && BriefTally.Ids.Contains(figure.Id)).ToList();
        var horizon = figures.First(figure => figure.Id == "sal-to-customer").Remarks.First(remark => remark.Kind == KpiRemarkKind.WithinDays).Number!.Value;
        return
        [
            .. figures.Where(figure => figure.N + figure.Open > 0)
                .Select(figure => new ToldFigure(report.CutOff, figure.Id, (int)horizon, figure.Numerator, figure.N, figure.Open, figure.Value)),
        ];
    }

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<RestatedFigure>> ReadAsync(IStoreReports reports, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var told = (await reports.ToldAsync(Tellings, cancellationToken)).GroupBy(figure => figure.CutOff).ToList();
        if (told.Count == 0)
            return [];
        var tallies = told.ConvertAll(at => new BriefTally(new(at.Key) { CustomerHorizon = TimeSpan.FromDays(at.First().HorizonDays) }, zone, byMonth: false));
        await KpiReader.TallyAsync(reports, tallies, cancellationToken);
        return [.. told.Zip(tallies, (at, tally) => Compare(at, tally.Report())).SelectMany(restated => restated)];
    }

    private static IEnumerable<RestatedFigure> Compare(IEnumerable<ToldFigure> told, KpiReport today) =>
        from was in told
        let now = today.Figures.First(figure => figure.Id == was.Id)
        where (was.Numerator, was.N, was.Open, was.Value) != (now.Numerator, now.N, now.Open, now.Value)
        select new RestatedFigure(was, now);
}
