using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Storage;
using Stored = CrmSync.Worker.Storage.EpisodeRow;

namespace CrmSync.Worker.Reports;

/// <summary>Reads episodes from the store and has the KPIs computed: for all, and by connection where there are several.</summary>
internal static class KpiReader
{
    /// <param name="cutOff">The last instant up to which events are in.</param>
    public static async Task<KpiReport> ReadAsync(IStoreReports reports, DateTimeOffset cutOff, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var rows = new List<(string? Connection, Leads.Kpis.EpisodeRow Row)>();
        await foreach (var stored in reports.EpisodesAsync(cancellationToken))
            rows.Add((stored.Connection, RowOf(stored)));
        var all = KpiCalculator.Report([.. rows.Select(r => r.Row)], cutOff, zone.Id);
        var groups = rows.GroupBy(r => r.Connection).ToList();
        return groups.Count < 2
            ? all
            : all with { Figures = [.. all.Figures, .. groups.SelectMany(g => KpiCalculator.Report([.. g.Select(r => r.Row)], cutOff, zone.Id, by: g.Key).Figures)] };
    }

    private static Leads.Kpis.EpisodeRow RowOf(Stored stored) => new()
    {
        LeadKey = stored.LeadKey,
        Episode = stored.Episode,
        MqlAt = stored.MqlAt,
        OfferedAt = stored.OfferedAt,
        DecidedAt = stored.DecidedAt,
        AcceptedAt = stored.AcceptedAt,
        RejectedAt = stored.AcceptedAt is null ? stored.RejectedAt : null,
        LapsedAt = stored.LapsedAt,
        RecycledAt = stored.RecycledAt,
        WonAt = stored.WonAt,
        LostAt = stored.LostAt,
        BySilence = stored.AcceptedAs == nameof(HandoverState.AcceptedBySilence),
        ByAction = stored.AcceptedAs == nameof(HandoverState.AcceptedByAction),
        AcceptanceInferred = stored.AcceptanceInferred,
        SalesGenerated = stored.SalesGenerated,
        Superseded = stored.MergedAway || stored.State == nameof(HandoverState.Superseded),
    };
}
