using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Telemetry;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Tests.Telemetry;

/// <summary>What <c>/metrics</c> tells of calls and of echoes.</summary>
public sealed class CallMetricsTests
{
    private readonly WebhookCounts _webhooks = new();
    private readonly EchoCounts _echoes = new();

    [Fact]
    public async Task Own_writes_that_need_no_look_are_counted_by_connection()
    {
        var connection = new FakeCrm().Connect();
        Assert.Contains("crmsync_echo_suppressed_total{connection=\"main\"} 0\n", await PageAsync(connection), StringComparison.Ordinal);
        var settled = new Settlement(Storage.Some.Intent("t1", "a"));
        _echoes.Add("main", [settled, settled with { Seen = new("echo", "a") }, settled with { Seen = new("another", "b") }]);
        Assert.Contains("crmsync_echo_suppressed_total{connection=\"main\"} 2\n", await PageAsync(connection), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_call_has_no_count_of_calls() =>
        Assert.DoesNotContain("crmsync_webhook_requests_total{", await PageAsync(new FakeCrm().Connect()), StringComparison.Ordinal);

    private async Task<string> PageAsync(params ConnectedCrm[] connections)
    {
        var page = new MetricText();
        await new CallMetrics(connections, _webhooks, new(), new(TimeProvider.System), new(), _echoes).WriteAsync(page, TestContext.Current.CancellationToken);
        return page.ToString();
    }
}
