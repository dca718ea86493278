using System.Globalization;
using System.Net;
using CrmSync.Adapters.Quota;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Salesforce's quotas: so many requests in any 24 hours, and few long ones at once. Both refusals are the same 403 with the same
/// code, and tell themselves apart in words alone; neither says when to come back.
/// </summary>
internal sealed class SalesforceQuota(SalesforceOptions options) : IQuotaRules
{
    private const string Daily = "daily";
    private const string Running = "running";
    private const string Used = "api-usage=";
    private static readonly string[] OfAll = [Daily, Running];
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5);

    /// <summary>The day is a rolling one: some of it comes back with every hour.</summary>
    private static readonly TimeSpan Parked = TimeSpan.FromHours(1);

    public IReadOnlyList<QuotaLimit> Limits { get; } =
    [
        // Editions differ: unknown until an answer tells, so that a guess never stops a restarted worker.
        new(Daily, options.RequestsPerDay, TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)),
        new(Running, null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(45)),
    ];

    public IReadOnlyList<string> BudgetsOf(HttpRequestMessage request) => OfAll;

    public IEnumerable<(string Budget, int Limit)> Observe(HttpResponseMessage response)
    {
        if (UsageOf(response) is { } told)
            yield return (Daily, Math.Min(told.Limit, options.RequestsPerDay ?? int.MaxValue));
    }

    /// <summary>An org may go beyond its limit for a while: then nothing is left.</summary>
    public IEnumerable<(string Budget, int Left, int? Whole)> Remaining(HttpResponseMessage response)
    {
        if (UsageOf(response) is { Used: { } used, Limit: var limit })
            yield return (Daily, Math.Max(0, limit - used), limit);
    }

    public bool MayThrottle(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;

    public async Task<Throttle?> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var errors = await SalesforceErrors.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var isLimit = errors.Any(e => e.Code == SalesforceErrors.LimitExceeded);
        if (isLimit && errors.Any(e => e.Says("TotalRequests")))
            return new(Daily, Parked, Park: true);
        return isLimit || response.StatusCode == HttpStatusCode.TooManyRequests ? new(Running, SlowDown, Park: false) : null;
    }

    /// <summary>The header has further parts at times: <c>api-usage=18/15000; per-app-api-usage=17/250(appName=x)</c>.</summary>
    private static (int? Used, int Limit)? UsageOf(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Sforce-Limit-Info", out var values))
            return null;
        var usage = values.SelectMany(v => v.Split([';', ','], StringSplitOptions.TrimEntries)).FirstOrDefault(p => p.StartsWith(Used, StringComparison.Ordinal));
        return usage?[Used.Length..].Split('/') is [var used, var limit] && Number(limit) is > 0 and var whole ? (Number(used), whole) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
