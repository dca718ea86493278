namespace CrmSync.Adapters.Http;

/// <summary>
/// How far a CRM's clock is behind ours, by the date of its answers: stamps are its own, so that a bound put on them by a
/// clock ahead of it would pass what has yet to be stamped. A clock of its that is ahead only delays us, and is left alone.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>A date further behind is no clock's, but that of something in between which answers from memory.</summary>
    private const long MostTicks = TimeSpan.TicksPerHour;

    /// <summary>How much further behind the CRM's clock may be than its dates show, which are whole seconds.</summary>
    public static readonly TimeSpan Blur = TimeSpan.FromSeconds(1);
    private long _behindTicks;

    /// <summary>The instant by the slower of the two clocks.</summary>
    public DateTimeOffset Slower(DateTimeOffset now) => now.AddTicks(-Interlocked.Read(ref _behindTicks));

    /// <summary>Dates are whole seconds, so that one second behind is none.</summary>
    public void Learn(DateTimeOffset date)
    {
        var behind = (time.GetUtcNow() - date).Ticks - TimeSpan.TicksPerSecond;
        Interlocked.Exchange(ref _behindTicks, behind is > 0 and <= MostTicks ? behind : 0);
    }
}

/// <summary>Reads the date of each answer.</summary>
internal sealed class ServerClockHandler(ServerClock clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.Date is { } date)
            clock.Learn(date);
        return response;
    }
}
