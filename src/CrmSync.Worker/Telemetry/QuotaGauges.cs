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
        void All(string name, string help, Func<QuotaStatus, double?> value)
        {
            page.Gauge(name, help);
            foreach (var (connection, quota) in all)
                if (value(quota) is { } number)
                    page.Sample(name, number, ("connection", connection), ("window", Window(quota)));
        }
        All("crmsync_crm_quota_used_ratio", "What was spent of our own part of a quota in its window.", q => q.Used / Own(q));
        All("crmsync_crm_quota_predicted_ratio", "What would be spent of it at the pace of the last three hours.", q => q.Predicted / Own(q));
        All("crmsync_crm_quota_share", "Our own part of it, in requests or what else it counts.", q => q.Share);
        All("crmsync_crm_quota_left", "What the CRM says is left of the whole for everybody, where it says so.", q => q.Left);
        page.Gauge("crmsync_crm_quota_resting", "1: this work rests, so that the quota lasts.");
        foreach (var (connection, quota) in all)
            foreach (var work in Works)
                page.Sample("crmsync_crm_quota_resting", quota.Resting.Contains(work) ? 1 : 0, ("connection", connection), ("window", Window(quota)), ("work", work));
    }

    private static string Window(QuotaStatus quota) => $"{quota.Unit} a day";

    /// <summary>Null where neither a part nor the whole is known: nothing is a part of it.</summary>
    private static double? Own(QuotaStatus quota) => (quota.Share ?? quota.Limit) is > 0 and var own ? own : null;
}
