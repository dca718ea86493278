using CrmSync.Leads.Kpis;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>What the demo came to, for people and for scripts.</summary>
internal sealed record DemoSummary(DemoOptions Options, StoreSummary Store, KpiReport Kpis, AuditVerdict Verdict, DemoRun Run)
{
    public static async Task<DemoSummary> OfAsync(DemoRun run, DemoOptions options, CancellationToken cancellationToken)
    {
        var (store, now) = (run.Store, run.Clock.GetUtcNow());
        var (sequence, hash) = await store.HeadAsync(cancellationToken);
        var anchors = Path.Combine(options.DataDirectory, Anchors.FileName);
        await Anchors.AppendAsync(anchors, now, sequence, hash, cancellationToken);
        var verdict = await AuditVerifier.VerifyAsync(store.ReadRowsAsync(0, cancellationToken), await Anchors.ReadAsync(anchors, cancellationToken), cancellationToken);
        var kpis = await KpiReader.ReadAsync(
            store.Reports, new(now), KpiSplit.None, TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"), cancellationToken);
        return new(options, await store.Reports.SummaryAsync(cancellationToken), kpis, verdict, run);
    }

    /// <summary>The shape that scripts rely on.</summary>
    public object ToDocument() => new
    {
        seed = Options.Seed,
        connections = Store.Connections,
        kpis = KpiDocument.Of(Kpis),
        webhooks = new { received = Run.Counts.ReceivedCount, refused = Run.Counts.RefusedCount },
        requests = Run.Sandbox.Requests,
        people = Options.Crms.ToDictionary(crm => crm, Run.Sandbox.DoneIn),
        intents = Store.Intents,
        quarantined = Store.Quarantined,
        audit = new { verified = Verdict.IsWhole, rows = Verdict.Rows, head = Verdict.HeadHash },
    };
}
