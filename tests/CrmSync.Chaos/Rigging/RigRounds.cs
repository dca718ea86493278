using CrmSync.Sandbox;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Chaos.Rigging;

/// <summary>What one worker does at an instant: webhooks arrive, what is due rings, and what waits is worked off.</summary>
internal sealed class RigRounds(Rig rig, SandboxHost sandbox, Listening listening)
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromHours(6);
    private static readonly TimeSpan CheckAgain = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTimeOffset> _rung = [];

    /// <summary>The next instant at which the product or the CRM has something to do by itself.</summary>
    public async Task<DateTimeOffset> NextAsync()
    {
        var store = rig.Worker.Store;
        DateTimeOffset?[] instants =
        [
            rig.WebhooksArrive ? sandbox.NextDue : null,
            await store.NextDueAsync(Rig.Connection, CancellationToken.None),
            await store.NextIntentAsync(Rig.Connection, CancellationToken.None),
            await store.NextActivityAsync(Rig.Connection, CancellationToken.None),
            await store.NextPutOffAsync(Rig.Connection, CancellationToken.None),
            rig.Worker.Connection.Gate.ClosedUntil(rig.Now),
            NextPoll,
        ];
        return instants.Min() is not { } next ? rig.Now + rig.Setting.PollInterval : next > rig.Now ? next : rig.Now.AddSeconds(1);
    }

    public async Task<bool> WorkAsync()
    {
        try
        {
            await OwnAsync();
        }
        finally
        {
            await rig.Beside.EndAsync();
        }
        return true;
    }

    private async Task OwnAsync()
    {
        await DeliverAsync();
        foreach (var work in rig.Worker.Works)
        {
            if (work is SweepWork && !rig.Setting.Sweeps && rig.LiveAt is not null)
                continue;
            if (_rung.TryGetValue(work.Name, out var last) && rig.Now < last + EveryOf(work))
                continue;
            _rung[work.Name] = rig.Now;
            await RingAsync(work);
        }
        for (var turn = 0; turn < 200 && (await rig.Worker.Loop.OnceAsync(rig.Worker.Connection, CancellationToken.None) || await rig.Door.EmptyAsync()); turn++)
            await DeliverAsync();
        // The rig's admin reads the warning and says yes at once.
        if (rig.Trouble.Failure is null && await rig.Worker.Memory.InstantAsync(Rig.Connection, ConnectionMemory.BrakeAt, CancellationToken.None) is not null)
            await rig.Worker.Brake.ApproveAsync(Rig.Connection, rig.Now, CancellationToken.None);
        await rig.Grants.MendAsync();
    }

    /// <summary>As its timer does: what cannot be stored now is rung again at the next interval.</summary>
    private async Task RingAsync(IRecurringWork work)
    {
        try
        {
            await work.RunAsync(rig.Now, CancellationToken.None);
        }
        catch (StoreException) when (rig.Trouble.Failure is not null)
        {
            // The store said so itself.
        }
    }

    private DateTimeOffset NextPoll => _rung.TryGetValue($"poll {Rig.Connection}", out var polled) ? polled + rig.Setting.PollInterval : rig.Now;

    private TimeSpan EveryOf(IRecurringWork work) => work switch
    {
        PollWork => work.Every,
        // What is wrong is looked at again at its own pace.
        CheckWork => rig.Worker.Connection.Gate.MayWrite ? CheckEvery : CheckAgain,
        // It walks the whole inbox for what is days old.
        RetentionWork => work.Every,
        _ => TimeSpan.Zero,
    };

    private async Task DeliverAsync()
    {
        using var flight = rig.Clock.InFlight();
        if (rig.WebhooksArrive)
            await sandbox.DeliverDueWebhooksAsync();
        await listening.SettleAsync(rig.Now);
    }
}
