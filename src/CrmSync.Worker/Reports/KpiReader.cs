using CrmSync.Leads.Kpis;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>Reads episodes from the store and has the KPIs computed: for all, and by group.</summary>
internal static class KpiReader
{
    /// <param name="split">With <see cref="KpiSplit.None"/>: by connection where there are several.</param>
    public static async Task<KpiReport> ReadAsync(
        IStoreReports reports, KpiQuestion question, KpiSplit split, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (split == KpiSplit.None && (await reports.ConnectionsAsync(cancellationToken)).Count > 1)
            split = KpiSplit.Connection;
        var groups = new KpiGroups(question, split, zone);
        await foreach (var row in reports.EpisodesAsync(cancellationToken))
            groups.Add(row);
        return groups.Report();
    }

    /// <summary>The three KPIs alone, for all or by month: from what is packed for them, where it is.</summary>
    public static async Task<KpiReport> ReadBriefAsync(
        IStoreReports reports, KpiQuestion question, bool byMonth, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var tally = new BriefTally(question, zone, byMonth);
        await TallyAsync(reports, [tally], cancellationToken);
        return tally.Report();
    }

    /// <summary>Has all episodes counted, in one reading.</summary>
    public static async Task TallyAsync(IStoreReports reports, IReadOnlyList<BriefTally> tallies, CancellationToken cancellationToken)
    {
        if (await reports.TallyAsync(tallies, cancellationToken))
            return;
        await foreach (var row in reports.EpisodesAsync(cancellationToken))
            foreach (var tally in tallies)
                tally.Add(row);
    }
}
