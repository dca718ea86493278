namespace CrmSync.Worker.Connections;

/// <summary>Wakes one waiting loop; rings while nobody waits are remembered as one.</summary>
internal sealed class Bell
{
    private TaskCompletionSource _rung = New();

    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <summary>Waits for a ring since the last wait, or for a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await Volatile.Read(ref _rung).Task.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
        if (Volatile.Read(ref _rung).Task.IsCompleted)
            Volatile.Write(ref _rung, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
