using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>Who began and arrived in time, as the log shows it; null: it may be or not, since an instant is not known well enough.</summary>
internal sealed class SeenTimes(RunHistory history, DateTimeOffset cutOff)
{
    /// <summary>An instant is told to the CRM's resolution, and so are two of them.</summary>
    private readonly TimeSpan _resolution = history.Facts.Resolution;

    /// <summary>By how many days a time can be off for that.</summary>
    public decimal Slack => (decimal)_resolution.Ticks / TimeSpan.TicksPerDay;

    public static bool? IsMql(SeenEpisode e) => e is { IsMql: true, IsSalesGenerated: false };

    public static bool? IsSal(SeenEpisode e) => e.AcceptedAt is not null;

    /// <summary>An MQL that had its time.</summary>
    public bool? IsOldMql(SeenEpisode e) => IsMql(e) & (e is { MqlAt: { } from, MqlBy: { } until } ? Ever(from, until, at => at <= cutOff - history.SalWithin) : null);

    public bool? IsSoonSal(SeenEpisode e) => IsOldMql(e) & (e.AcceptedAt is { } accepted
        ? e is { MqlAt: { } from, MqlBy: { } until } ? Ever(accepted - until, Latest(e, accepted) - from, took => took <= history.SalWithin) : null
        : false);

    /// <summary>A SAL that had its time.</summary>
    public bool? IsOldSal(SeenEpisode e) => e.AcceptedAt is { } accepted ? Ever(accepted, Latest(e, accepted), at => at <= cutOff - history.SaleWithin) : false;

    public bool? IsSoonWon(SeenEpisode e) => IsOldSal(e) & (e is { AcceptedAt: { } accepted, WonAt: { } won }
        ? Ever(won - Latest(e, accepted), won - accepted, took => took >= TimeSpan.Zero) & Ever(won - Latest(e, accepted), won - accepted, took => took <= history.SaleWithin)
        : false);

    private static DateTimeOffset Latest(SeenEpisode e, DateTimeOffset accepted) => e.AcceptedBy ?? accepted;

    private bool? Ever(DateTimeOffset from, DateTimeOffset until, Func<DateTimeOffset, bool> isIn) => Same(isIn(from - _resolution), isIn(until + _resolution));

    private bool? Ever(TimeSpan least, TimeSpan most, Func<TimeSpan, bool> isIn) => Same(isIn(least - _resolution), isIn(most + _resolution));

    private static bool? Same(bool one, bool other) => one == other ? one : null;
}
