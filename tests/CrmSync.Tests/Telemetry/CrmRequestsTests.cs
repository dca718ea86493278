using System.Net;
using CrmSync.Worker.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Telemetry;

public sealed class CrmRequestsTests
{
    [Fact]
    public async Task Every_try_is_counted_by_its_answer_or_for_want_of_one()
    {
        var clock = new FakeTimeProvider();
        var requests = new CrmRequests(clock);
        using var http = new HttpMessageInvoker(requests.Counting("main", "hubspot", new Answers(clock)));
        foreach (var path in new[] { "ok", "ok", "busy", "lost" })
        {
            using var request = new HttpRequestMessage(path == "ok" ? HttpMethod.Get : HttpMethod.Patch, $"http://crm.example/{path}");
            await Record.ExceptionAsync(() => http.SendAsync(request, CancellationToken.None));
        }
        Assert.Equal(
            [(("hubspot", "get", "200"), 2L), (("hubspot", "patch", "429"), 1L), (("hubspot", "patch", "none"), 1L)],
            requests.Counts.Select(pair => (pair.Key, pair.Value)));
        var (buckets, count, sum) = Assert.Single(requests.Durations).Value.Read();
        Assert.Equal((4, 8.0), (count, sum));
        Assert.Equal([0, 4, 4], buckets.Where(b => b.Limit is 1 or 2.5 or 10).Select(b => b.Count));
    }

    private sealed class Answers(FakeTimeProvider clock) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return request.RequestUri!.AbsolutePath switch
            {
                "/ok" => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)),
                "/busy" => Task.FromResult(new HttpResponseMessage(HttpStatusCode.TooManyRequests)),
                _ => throw new HttpRequestException("lost"),
            };
        }
    }
}
