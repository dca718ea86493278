using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Spans and log lines go where the standard variables of OpenTelemetry say.</summary>
public sealed class OtlpTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("crmsync-otlp-").FullName;
    private readonly HttpListener _collector = new();
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly int _port = WorkerProcess.FreePort();

    public OtlpTests()
    {
        _collector.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _collector.Start();
        _ = CollectAsync();
    }

    public void Dispose()
    {
        _collector.Close();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Spans_and_logs_are_sent_and_tell_no_secret()
    {
        using var worker = WorkerProcess.Start(_data, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{_port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["CRMSYNC__Connections__main__Crm"] = "hubspot",
            ["CRMSYNC__Connections__main__BaseUrl"] = "http://127.0.0.1:1",
            ["CRMSYNC__Connections__main__Token"] = "canary-token-8d2f",
            ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
            ["CRMSYNC__Webhooks__Port"] = "0",
            ["CRMSYNC__Admin__Port"] = "0",
        });
        for (var i = 0; i < 200 && _received.Count < 2; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(0, await worker.StopAsync());
        Assert.Equal(["/v1/logs", "/v1/traces"], _received.Keys.Order());
        Assert.Contains("hubspot GET", _received["/v1/traces"], StringComparison.Ordinal);
        Assert.All(_received.Values, sent => Assert.Contains("crmsync", sent, StringComparison.Ordinal));
        Assert.All(_received.Values, sent => Assert.DoesNotContain("canary", sent, StringComparison.Ordinal));
    }

    private async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                var call = await _collector.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream, Encoding.Latin1);
                var body = await reader.ReadToEndAsync();
                _received.AddOrUpdate(call.Request.Url!.AbsolutePath, body, (_, before) => before + body);
                call.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
