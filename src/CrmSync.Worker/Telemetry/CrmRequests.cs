using System.Collections.Concurrent;
using System.Globalization;

namespace CrmSync.Worker.Telemetry;

/// <summary>Counts the requests to CRMs, every try by itself, as they go over the wire.</summary>
internal sealed class CrmRequests(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Crm, string Operation, string Code), long> _counts = new();
    private TimeProvider Clock => clock;
    private readonly ConcurrentDictionary<string, Durations> _durations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TimeSpan> _skews = new(StringComparer.Ordinal);

    /// <summary>By kind of CRM, HTTP method, and status; <c>none</c> where no answer came.</summary>
    public IReadOnlyList<KeyValuePair<(string Crm, string Operation, string Code), long>> Counts => [.. _counts.OrderBy(pair => pair.Key)];

    public IReadOnlyList<KeyValuePair<string, Durations>> Durations => [.. _durations.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>By how much the clock of a connection's CRM was ahead of ours at its last answer; null before, and where answers bear no date.</summary>
    public TimeSpan? SkewOf(string connection) => _skews.TryGetValue(connection, out var skew) ? skew : null;

    /// <summary>A handler that counts what passes through it.</summary>
    public HttpMessageHandler Counting(string connection, string crm, HttpMessageHandler inner) => new Handler(this, connection, crm, inner);

    private sealed class Handler(CrmRequests requests, string connection, string crm, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (started, code) = (requests.Clock.GetTimestamp(), "none");
            using var span = Tracing.Start($"{crm} {request.Method.Method}", System.Diagnostics.ActivityKind.Client);
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.Headers.Date is { } date)
                    requests._skews[connection] = date - requests.Clock.GetUtcNow();
                code = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
                return response;
            }
            finally
            {
                span?.SetTag("http.request.method", request.Method.Method).SetTag("server.address", request.RequestUri?.Host).SetTag("http.response.status_code", code);
                requests._counts.AddOrUpdate((crm, request.Method.Method.ToLowerInvariant(), code), 1, (_, count) => count + 1);
                requests._durations.GetOrAdd(crm, _ => new()).Add(requests.Clock.GetElapsedTime(started));
            }
        }
    }
}
