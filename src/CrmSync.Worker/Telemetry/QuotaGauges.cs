using CrmSync.Adapters;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.Telemetry;

/// <summary>How the CRMs' quotas of a day stand, and which work rests so that they last for decisions.</summary>
internal static class QuotaGauges
{
    /// <summary>In the order in which work gives way.</summary>
    private static readonly string[] Works = ["sweeps", "polls"];

    public static void Write(MetricText page, IReadOnlyList<ConnectedCrm> connections)
    {
        var all = connections.SelectMany(c => c.Adapter.Quotas.Select(quota => (c.Name, Quota: quota))).ToList();
        void All(string name, string help, Func<QuotaStatus, int?> value)
        {
            page.Gauge(name, help);
            foreach (var (connection, quota) in all)
                if (value(quota) is { } number)
                    page.Sample(name, number, ("connection", connection), ("budget", quota.Budget));
        }
        All("crmsync_quota_limit", "A CRM's quota of a day, for everybody.", q => q.Limit);
        All("crmsync_quota_share", "Our part of it.", q => q.Share);
        All("crmsync_quota_used", "What we spent of it in the last 24 hours.", q => q.Used);
        All("crmsync_quota_predicted", "What we would spend in 24 hours at the pace of the last three.", q => q.Predicted);
        All("crmsync_quota_left", "What the CRM says is left for everybody, where it says so.", q => q.Left);
        page.Gauge("crmsync_quota_resting", "1: this work rests, so that the quota lasts.");
        foreach (var (connection, quota) in all)
            foreach (var work in Works)
                page.Sample("crmsync_quota_resting", quota.Resting.Contains(work) ? 1 : 0, ("connection", connection), ("budget", quota.Budget), ("work", work));
    }
}
