using System.Globalization;
using System.Net;
using CrmSync.Adapters.Quota;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Pipedrive's quotas: a purse of tokens a day for the whole company, and requests in any two seconds for one token. Both refusals
/// are the same answer; only a header that is not always there tells them apart. Whoever goes on all the same is shut out by a page
/// of the gateway's.
/// </summary>
internal sealed class PipedriveQuota(PipedriveOptions options) : IQuotaRules
{
    public const string Tokens = "tokens";
    private const string Burst = "burst";
    private static readonly string[] OfAll = [Tokens, Burst];

    /// <summary>The purse is filled at an hour that nobody tells: it is tried again now and then.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShutOut = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(1);
    private static readonly QuotaShut Gateway = new("Something before Pipedrive shuts us out: a page of HTTP 403 that is none of its API's.",
        "Nothing is sent for 20 minutes; what arrives is kept. Where it comes again, let other programs behind the same address ask less, and see whether a proxy or firewall of your own stands on the way. A higher QuotaShare makes it worse.");
    private readonly PipedrivePatience _patience = new();

    public IReadOnlyList<QuotaLimit> Limits { get; } =
    [
        new(Tokens, options.TokensPerDay, TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)) { Unit = Tokens },
        new(Burst, options.RequestsPer2Seconds ?? (options.Plan ?? PipedrivePlan.Smallest).BurstOf(options.IsOAuth), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(45)),
    ];

    public IReadOnlyList<string> BudgetsOf(HttpRequestMessage request) => OfAll;

    public int CostOf(string budget, HttpRequestMessage request) => budget == Tokens ? PipedriveCosts.Of(request) : 1;

    public IEnumerable<(string Budget, int Limit)> Observe(HttpResponseMessage response)
    {
        if (Header(response, "x-daily-ratelimit-token-limit") is > 0 and var daily)
            yield return (Tokens, Math.Min(daily, options.TokensPerDay ?? int.MaxValue));
        if (Header(response, "x-ratelimit-limit") is > 0 and var burst)
            yield return (Burst, Math.Min(burst, options.RequestsPer2Seconds ?? int.MaxValue));
    }

    public IEnumerable<(string Budget, int Left, int? Whole)> Remaining(HttpResponseMessage response)
    {
        if (Header(response, "x-daily-ratelimit-token-remaining") is { } left)
            yield return (Tokens, left, Header(response, "x-daily-ratelimit-token-limit") is > 0 and var daily ? daily : null);
    }

    public bool MayThrottle(HttpResponseMessage response)
    {
        // Also who asks for what is not there was let in, where Pipedrive itself says so.
        if (response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.NotFound && PipedriveErrors.IsOfApi(response)))
            _patience.WasLetIn();
        return response.StatusCode == HttpStatusCode.TooManyRequests || (response.StatusCode == HttpStatusCode.Forbidden && !PipedriveErrors.IsOfApi(response));
    }

    public Task<Throttle?> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<Throttle?>(
            response.StatusCode == HttpStatusCode.Forbidden ? new(Burst, ShutOut, Park: true) { Shut = Gateway }
            : Header(response, "x-daily-ratelimit-token-remaining") switch
            {
                // Too few for what was asked are as good as none.
                { } left when left < PipedriveCosts.Of(request) => new(Tokens, Probe, Park: true),
                // So many are left that it can only be the burst, however often it comes.
                { } => new(Burst, _patience.WaitOf(Pause(response), now) ?? LongPause, Park: false),
                null => _patience.WaitOf(Pause(response), now) is { } wait ? new(Burst, wait, Park: false) : new(Tokens, Probe, Park: true),
            });

    /// <summary>Seconds left, which are two at the most; what is beyond belief is an instant in seconds.</summary>
    private static TimeSpan Pause(HttpResponseMessage response)
    {
        var seconds = Header(response, "x-ratelimit-reset") ?? response.Headers.RetryAfter?.Delta?.TotalSeconds;
        return TimeSpan.FromSeconds(seconds is > 0 and <= 60 ? seconds.Value : 2);
    }

    private static int? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
