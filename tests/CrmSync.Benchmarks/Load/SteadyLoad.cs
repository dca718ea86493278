using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Benchmarks.Load;

/// <summary>
/// Webhooks at a rate that does not wait for answers, as CRMs send them: a server that is slow gets no fewer. Latencies count
/// from when a request was due.
/// </summary>
internal sealed class SteadyLoad(int port, string path, string signedAs, string secret, int leads) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentBag<(double Milliseconds, int Status)> _answers = [];

    // No event of an earlier run has these ids: microseconds since 1970 only grow.
    private long _event = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;

    public int Accepted => _answers.Count(a => a.Status == (int)HttpStatusCode.OK);

    /// <summary>Sends until the time is over or it is called off; answers what was seen of this run.</summary>
    public async Task<SteadyResult> RunAsync(int perSecond, double seconds, CancellationToken stop)
    {
        _answers.Clear();
        var (began, sent, open) = (Stopwatch.GetTimestamp(), 0, new List<Task>());
        while (!stop.IsCancellationRequested && Stopwatch.GetElapsedTime(began).TotalSeconds is var at && at < seconds)
        {
            for (; sent < at * perSecond; sent++)
                open.Add(SendAsync(began + (long)(sent / (double)perSecond * Stopwatch.Frequency)));
            await Task.Delay(Tick, CancellationToken.None);
        }
        await Task.WhenAll(open);
        return SteadyResult.Of(sent, _answers);
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(long due)
    {
        var (number, status) = (Interlocked.Increment(ref _event), 0);
        var (now, lead) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), 1 + (number % leads));
        var body = string.Create(CultureInfo.InvariantCulture,
            $"[{{\"eventId\":{number},\"subscriptionId\":25,\"portalId\":33,\"appId\":1,\"occurredAt\":{now},\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":{lead},\"propertyName\":\"jobtitle\",\"propertyValue\":\"x\",\"changeSource\":\"CRM_UI\"}}]");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-HubSpot-Signature-v3", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("POST" + signedAs + body + now))));
            request.Headers.Add("X-HubSpot-Request-Timestamp", now);
            using var response = await _http.SendAsync(request, CancellationToken.None);
            status = (int)response.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            // Nobody heard an answer: it counts as not accepted.
        }
        _answers.Add((Stopwatch.GetElapsedTime(due).TotalMilliseconds, status));
    }
}

/// <summary>What a steady run saw.</summary>
internal sealed record SteadyResult(int Sent, int Accepted, double P50, double P99, double Max)
{
    public static SteadyResult Of(int sent, IEnumerable<(double Milliseconds, int Status)> answers)
    {
        var all = answers.ToList();
        var sorted = all.Where(a => a.Status == (int)HttpStatusCode.OK).Select(a => a.Milliseconds).Order().ToArray();
        double At(double share) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
        return new(sent, sorted.Length, At(0.5), At(0.99), At(1));
    }
}
