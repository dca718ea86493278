using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Access;

/// <summary>What the limits of an account say to one request.</summary>
/// <param name="Refusal">Null when the request may pass; else the policy that it broke.</param>
internal sealed record LimitVerdict(string? Refusal, int Used, IReadOnlyDictionary<string, string> Headers);

/// <summary>The sliding windows of one account: ten seconds per kind of token, a second of searches, and a day.</summary>
internal sealed class PortalLimits
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, SlidingWindow> intervals = new()
    {
        ["static"] = new SlidingWindow(Interval),
        ["oauth"] = new SlidingWindow(Interval),
    };

    private readonly SlidingWindow searches = new(TimeSpan.FromSeconds(1));
    private DateOnly day;
    private int usedToday;

    public LimitVerdict Enter(HubSpotSwitches switches, string kind, bool isSearch, DateTimeOffset now)
    {
        var isCountedByDay = kind == "static";
        if (isCountedByDay && UsedToday(switches, now) >= switches.DailyLimit)
        {
            return new LimitVerdict("DAILY", usedToday, isSearch ? SearchHeaders(switches) : Headers(switches, kind, now));
        }

        var (window, limit) = isSearch ? (searches, switches.SearchLimit) : (intervals[kind], kind == "static" ? switches.StaticLimit : switches.OAuthLimit);
        var mayPass = window.TryEnter(now, limit);
        if (mayPass && isCountedByDay)
        {
            usedToday++;
        }

        var refusal = mayPass ? null : isSearch ? "SECONDLY" : "TEN_SECONDLY_ROLLING";
        return new LimitVerdict(refusal, window.Used(now), isSearch ? SearchHeaders(switches) : Headers(switches, kind, now));
    }

    /// <summary>The day begins at midnight where the account is.</summary>
    private int UsedToday(HubSpotSwitches switches, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(switches.TimeZone)).DateTime);
        if (today != day)
        {
            (day, usedToday) = (today, 0);
        }

        return usedToday;
    }

    private Dictionary<string, string> Headers(HubSpotSwitches switches, string kind, DateTimeOffset now)
    {
        var limit = kind == "static" ? switches.StaticLimit : switches.OAuthLimit;
        var headers = kind == "static" ? DailyHeaders(switches) : [];
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = Text((int)Interval.TotalMilliseconds);
        headers["X-HubSpot-RateLimit-Max"] = Text(limit);
        headers["X-HubSpot-RateLimit-Remaining"] = Text(Math.Max(0, limit - intervals[kind].Used(now)));
        headers["X-HubSpot-RateLimit-Secondly"] = Text(limit / 10);
        headers["X-HubSpot-RateLimit-Secondly-Remaining"] = Text(Math.Max(0, (limit - intervals[kind].Used(now)) / 10));
        return headers;
    }

    private Dictionary<string, string> SearchHeaders(HubSpotSwitches switches) => switches.SearchDailyHeaders ? DailyHeaders(switches) : [];

    private Dictionary<string, string> DailyHeaders(HubSpotSwitches switches) => new()
    {
        ["X-HubSpot-RateLimit-Daily"] = Text(switches.DailyLimit),
        ["X-HubSpot-RateLimit-Daily-Remaining"] = Text(Math.Max(0, switches.DailyLimit - usedToday)),
    };

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
