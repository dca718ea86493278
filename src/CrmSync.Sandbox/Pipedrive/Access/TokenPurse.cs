using System.Globalization;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Access;

/// <summary>The tokens that all integrations of a company may spend in a day.</summary>
internal sealed class TokenPurse
{
    private const int PerSeat = 30_000;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private DateOnly day;
    private int spent;
    private DateTimeOffset lastCall = DateTimeOffset.MinValue;
    private int sinceIdle;

    public static int Factor(string plan) => plan switch
    {
        "Lite" => 1,
        "Premium" => 5,
        "Ultimate" => 7,
        _ => 2,
    };

    public static int Limit(PipedriveSwitches switches) => (PerSeat * Factor(switches.Plan) * switches.Seats) + switches.TopUpTokens;

    /// <summary>Spends the price of a call; false when the purse no longer holds it.</summary>
    public bool TrySpend(PipedriveSwitches switches, int cost, DateTimeOffset now)
    {
        if (Spent(switches, now) >= Limit(switches))
        {
            return false;
        }

        spent += cost;
        return true;
    }

    /// <summary>Gives back what a refused call had paid.</summary>
    public void Return(int cost) => spent -= cost;

    /// <summary>What is spent today, by others too.</summary>
    public int Spent(PipedriveSwitches switches, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(switches.TimeZone));
        var today = DateOnly.FromDateTime(local.DateTime);
        if (today != day)
        {
            (day, spent) = (today, 0);
        }

        return spent + (int)(local.TimeOfDay.TotalHours * switches.OthersPerHour);
    }

    /// <summary>The two headers that are documented nowhere, and missing for some calls after a pause.</summary>
    public void AddHeaders(PipedriveSwitches switches, DateTimeOffset now, Dictionary<string, string> headers)
    {
        sinceIdle = now - lastCall > Idle ? 1 : sinceIdle + 1;
        lastCall = now;
        if (switches.PurseHeaders && sinceIdle > switches.PurseHeadersMissing)
        {
            var limit = Limit(switches);
            headers["x-daily-ratelimit-token-limit"] = limit.ToString(CultureInfo.InvariantCulture);
            headers["x-daily-ratelimit-token-remaining"] = Math.Max(0, limit - Spent(switches, now)).ToString(CultureInfo.InvariantCulture);
        }
    }
}
