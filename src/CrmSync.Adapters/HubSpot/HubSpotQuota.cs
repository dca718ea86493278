using System.Globalization;
using CrmSync.Adapters.Quota;

namespace CrmSync.Adapters.HubSpot;

/// <summary>HubSpot's quotas: ten seconds, search by the second, the day; and its two ways to say that one is spent.</summary>
internal sealed class HubSpotQuota(HubSpotOptions options) : IQuotaRules
{
    private const string General = "general";
    private const string Search = "search";
    private const string Daily = "daily";
    private static readonly string[] OfSearch = [Daily, Search];
    private static readonly string[] OfOthers = [Daily, General];

    public IReadOnlyList<QuotaLimit> Limits { get; } =
    [
        new(General, options.RequestsPer10Seconds ?? (options.IsOAuth ? 110 : 100), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45)),
        new(Search, options.SearchesPerSecond, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(45)),
        // Plans differ, and OAuth apps have no daily figure: unknown until an answer tells. A guess too low would stop a
        // restarted worker for hours, before it could learn better.
        new(Daily, options.RequestsPerDay, TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)),
    ];

    public IReadOnlyList<string> BudgetsOf(HttpRequestMessage request) => HubSpotPaths.IsSearch(request) ? OfSearch : OfOthers;

    public IEnumerable<(string Budget, int Limit)> Observe(HttpResponseMessage response)
    {
        if (Header(response, "X-HubSpot-RateLimit-Max") is { } max && Header(response, "X-HubSpot-RateLimit-Interval-Milliseconds") is null or 10_000)
            yield return (General, Math.Min(max, options.RequestsPer10Seconds ?? int.MaxValue));
        if (Header(response, "X-HubSpot-RateLimit-Daily") is { } daily)
            yield return (Daily, Math.Min(daily, options.RequestsPerDay ?? int.MaxValue));
    }

    public IEnumerable<(string Budget, int Left, int? Whole)> Remaining(HttpResponseMessage response)
    {
        if (Number(response, "X-HubSpot-RateLimit-Daily-Remaining") is { } left)
            yield return (Daily, left, Header(response, "X-HubSpot-RateLimit-Daily"));
    }

    /// <summary>By policy name, then by message: the answer of search has no policy.</summary>
    public async Task<Throttle?> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var error = await HubSpotErrors.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var policy = $"{error?.PolicyName} {error?.Message}";
        if (policy.Contains("daily", StringComparison.OrdinalIgnoreCase))
            return new(Daily, RetryAfter(response, now, TimeSpan.FromDays(1)) ?? TimeSpan.FromHours(1), Park: true);
        var budget = HubSpotPaths.IsSearch(request) ? Search : General;
        if (RetryAfter(response, now, TimeSpan.FromHours(1)) is { } asked)
            return new(budget, asked, asked > TimeSpan.FromSeconds(30));
        var secondly = policy.Contains("secondly", StringComparison.OrdinalIgnoreCase) && !policy.Contains("TEN_SECONDLY", StringComparison.OrdinalIgnoreCase)
            && !policy.Contains("ten secondly", StringComparison.OrdinalIgnoreCase);
        return new(budget, secondly ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(10), Park: false);
    }

    /// <summary>Null if absent, in the past, or beyond belief.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now, TimeSpan most)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait > TimeSpan.Zero && wait <= most ? wait : null;
    }

    /// <summary>A limit: one of none is no limit.</summary>
    private static int? Header(HttpResponseMessage response, string name) => Number(response, name) is > 0 and var number ? number : null;

    private static int? Number(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
