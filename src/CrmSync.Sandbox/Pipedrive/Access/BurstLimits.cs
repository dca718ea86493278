using System.Globalization;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Access;

/// <summary>How many calls one token may make in two seconds, and the firewall behind which those who do not listen are put.</summary>
internal sealed class BurstLimits
{
    private const int SearchLimit = 10;
    private const int OldDailyLimit = 10_000;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    private readonly SlidingWindow calls = new(Length);
    private readonly SlidingWindow searches = new(Length);
    private readonly SlidingWindow refused = new(TimeSpan.FromMinutes(1));
    private DateTimeOffset windowStart;
    private DateTimeOffset? blockedUntil;
    private (DateOnly Day, int Used) oldDaily;

    public int Used(DateTimeOffset now) => calls.Used(now);

    public bool IsBlocked(DateTimeOffset now) => now < blockedUntil;

    public bool TryEnter(PipedriveSwitches switches, string kind, bool isSearch, DateTimeOffset now)
    {
        if (calls.Used(now) == 0)
        {
            windowStart = now;
        }

        return calls.TryEnter(now, Limit(switches, kind)) && (!isSearch || searches.TryEnter(now, SearchLimit));
    }

    /// <summary>Counts a 429; too many of them in a minute put an API token behind the firewall.</summary>
    public void CountRefused(PipedriveSwitches switches, string kind, DateTimeOffset now)
    {
        refused.TryEnter(now, int.MaxValue);
        if (kind == "token" && switches.BlockAfter429 > 0 && refused.Used(now) > switches.BlockAfter429)
        {
            blockedUntil = now.AddSeconds(switches.BlockSeconds);
        }
    }

    /// <summary>The reset is told in seconds from now, whatever its name suggests.</summary>
    public void AddHeaders(PipedriveSwitches switches, string kind, bool isOldWrite, DateTimeOffset now, Dictionary<string, string> headers)
    {
        var limit = Limit(switches, kind);
        headers["x-ratelimit-limit"] = Text(limit);
        headers["x-ratelimit-remaining"] = Text(Math.Max(0, limit - calls.Used(now)));
        headers["x-ratelimit-reset"] = Text((int)Math.Clamp(Math.Ceiling((windowStart + Length - now).TotalSeconds), 1, Length.TotalSeconds));
        if (switches.OldDailyHeader && isOldWrite && kind == "token")
        {
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            oldDaily = oldDaily.Day == today ? (today, oldDaily.Used + 1) : (today, 1);
            headers["x-daily-requests-left"] = Text(Math.Max(0, OldDailyLimit - oldDaily.Used));
        }
    }

    private static int Limit(PipedriveSwitches switches, string kind) => (kind == "oauth" ? 4 : 1) * PerToken(switches.Plan);

    private static int PerToken(string plan) => plan switch
    {
        "Lite" => 20,
        "Premium" => 100,
        "Ultimate" => 120,
        _ => 40,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
