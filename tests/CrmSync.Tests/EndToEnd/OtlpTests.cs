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
    private readonly int _port = Ports.Free();

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
        using var worker = Start(0);
        for (var i = 0; i < 200 && _received.Count < 2; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(0, await worker.StopAsync());
        Assert.Equal(["/v1/logs", "/v1/traces"], _received.Keys.Order());
        Assert.Contains("hubspot GET", _received["/v1/traces"], StringComparison.Ordinal);
        Assert.All(_received.Values, sent => Assert.Contains("crmsync", sent, StringComparison.Ordinal));
        Assert.All(_received.Values, sent => Assert.DoesNotContain("canary", sent, StringComparison.Ordinal));
    }

    /// <summary>By the standard's own rule its flags would decide whether a call is traced, and its id would be the trace's.</summary>
    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    public async Task A_strangers_header_decides_nothing_of_what_is_traced(string flags)
    {
        const string Stranger = "4bf92f3577b34da6a3ce929d0e0e4736";
        var webhooks = Ports.Free();
        using var worker = Start(webhooks);
        using var http = new HttpClient();
        for (var i = 0; i < 200 && !Traces.Contains("webhook", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            await CallAsync(http, new($"http://127.0.0.1:{webhooks}/webhooks/main"), $"00-{Stranger}-00f067aa0ba902b7-{flags}");
        }
        Assert.Equal(0, await worker.StopAsync());
        Assert.Contains("webhook", Traces, StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.Latin1.GetString(Convert.FromHexString(Stranger)), Traces, StringComparison.Ordinal);
    }

    private string Traces => _received.GetValueOrDefault("/v1/traces", "");

    private WorkerProcess Start(int webhooks) => WorkerProcess.Start(_data, new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{_port}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["CRMSYNC__Connections__main__Crm"] = "hubspot",
        ["CRMSYNC__Connections__main__BaseUrl"] = "http://127.0.0.1:1",
        ["CRMSYNC__Connections__main__Token"] = "canary-token-8d2f",
        ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
        ["CRMSYNC__Webhooks__Port"] = $"{webhooks}",
        ["CRMSYNC__Admin__Port"] = "0",
    });

    /// <summary>It may not be there yet.</summary>
    private static async Task CallAsync(HttpClient http, Uri address, string traceparent)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, address);
        call.Headers.Add("traceparent", traceparent);
        try
        {
            using var answer = await http.SendAsync(call, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            // Asked again.
        }
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
