using CrmSync.Leads.Handover;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>Rings the worker's recurring work by the simulated clock, and works off what waits.</summary>
internal sealed class DemoRounds(IReadOnlyList<ConnectedCrm> connections, IStoreReports reports, IServiceProvider services)
{
    /// <summary>Rarer than in the service: nothing is lost in the demo's CRMs, and every sweep looks at every lead.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromDays(7);
    private readonly ISyncStore _store = services.GetRequiredService<ISyncStore>();
    private readonly ConnectionLoop _loop = services.GetRequiredService<ConnectionLoop>();
    private readonly Brake _brake = services.GetRequiredService<Brake>();
    private readonly ConnectionMemory _memory = services.GetRequiredService<ConnectionMemory>();
    private readonly IReadOnlyList<IRecurringWork> _works = services.GetRequiredService<IReadOnlyList<IRecurringWork>>();
    private readonly Dictionary<IRecurringWork, DateTimeOffset> _due = [];

    /// <summary>The next ring of a poll or a sweep; deadlines and retries are found in the store.</summary>
    public DateTimeOffset? NextRing => _due.Count == 0 ? null : _due.Values.Min();

    /// <summary>Notes the rules by which the demo decides, then looks at every account and every lead in it once.</summary>
    public async Task<bool> BaselineAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var work in _works.Where(w => w is RulesWork or CheckWork or PollWork).OrderByDescending(w => w is RulesWork))
            await work.RunAsync(clock.GetUtcNow(), cancellationToken);
        while (!await HasBaselineAsync(cancellationToken))
        {
            foreach (var sweep in _works.OfType<SweepWork>())
                await sweep.RunAsync(clock.GetUtcNow(), cancellationToken);
            await WorkAsync(cancellationToken);
        }
        foreach (var work in _works.Where(w => w is PollWork or SweepWork))
            _due[work] = HalfPast(clock.GetUtcNow());
        return true;
    }

    /// <summary>Runs what is due: polls and sweeps by their interval, deadlines always.</summary>
    public async Task RingAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (work, due) in _due.OrderBy(d => d.Key.Name, StringComparer.Ordinal).ToList())
        {
            if (due > now)
                continue;
            _due[work] = due + EveryOf(work);
            await work.RunAsync(now, cancellationToken);
        }
        foreach (var deadlines in _works.OfType<DueWork>())
            await deadlines.RunAsync(now, cancellationToken);
    }

    /// <summary>One turn of every connection. Answers whether anything was done.</summary>
    public async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        var done = false;
        foreach (var connection in connections)
        {
            done |= await _loop.OnceAsync(connection, cancellationToken);
            // The demo's admin reads the warning and says yes at once.
            if (await _memory.InstantAsync(connection.Name, ConnectionMemory.BrakeAt, cancellationToken) is { } braked)
                done |= await _brake.ApproveAsync(connection.Name, braked, cancellationToken) > 0;
        }
        return done;
    }

    /// <summary>The earliest deadline, retry or open effect; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextWaitingAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        foreach (var connection in connections)
        {
            DateTimeOffset?[] instants =
            [
                await _store.NextDueAsync(connection.Name, cancellationToken),
                await _store.NextIntentAsync(connection.Name, cancellationToken),
                await _store.NextActivityAsync(connection.Name, cancellationToken),
                await _store.NextPutOffAsync(connection.Name, cancellationToken),
                next,
            ];
            next = instants.Min();
        }
        return next;
    }

    /// <summary>Inbox, effects and open offers are empty, and full rounds of polls saw nothing new.</summary>
    public async Task<bool> IsAtRestAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var head = (await _store.HeadAsync(cancellationToken)).Sequence;
        if (head != _head)
            (_head, _headSince) = (head, now);
        if (now - _headSince < DemoOptions.PollInterval * 3)
            return false;
        foreach (var connection in connections)
        {
            if (await _store.PendingAsync(connection.Name, cancellationToken) > 0
                || await _store.NextIntentAsync(connection.Name, cancellationToken) is not null
                || await _store.NextActivityAsync(connection.Name, cancellationToken) is not null)
                return false;
        }
        var summary = await reports.SummaryAsync(cancellationToken);
        return summary.Connections.Values.All(c => c.States.GetValueOrDefault(nameof(HandoverState.AwaitingDecision)) == 0);
    }

    private long _head = -1;
    private DateTimeOffset _headSince;

    private async Task<bool> HasBaselineAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in connections)
        {
            if (!await _memory.HasBaselineAsync(connection.Name, cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>The next half past of the polls' grid.</summary>
    private static DateTimeOffset HalfPast(DateTimeOffset now)
    {
        var half = now.AddTicks(-(now.UtcTicks % DemoOptions.PollInterval.Ticks)).AddMinutes(30);
        return half > now ? half : half + DemoOptions.PollInterval;
    }

    private static TimeSpan EveryOf(IRecurringWork work) => work is SweepWork ? SweepEvery : work.Every;
}
