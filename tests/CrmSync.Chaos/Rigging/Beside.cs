namespace CrmSync.Chaos.Rigging;

/// <summary>
/// Who asks the CRM for something beside the worker's own work. To renew a token they go at once, with everything else when that
/// work rests, so that a seed has them between the same two requests each time.
/// </summary>
internal sealed class Beside
{
    private readonly AsyncLocal<Task?> _rest = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _resting = new();
    private Task _asked = Task.CompletedTask;

    public void Ask(Func<Task> ask)
    {
        lock (_lock)
        {
            var rest = _resting.Task;
            _asked = Task.WhenAll(_asked, Task.Run(() =>
            {
                _rest.Value = rest;
                return ask();
            }));
        }
    }

    /// <summary>Waits in place, where whoever is about to send something is beside the work.</summary>
    public void AwaitTurn() => _rest.Value?.GetAwaiter().GetResult();

    /// <summary>The work rests: all who were asked go on, and are waited for.</summary>
    public Task EndAsync()
    {
        lock (_lock)
        {
            var asked = _asked;
            _resting.SetResult();
            (_asked, _resting) = (Task.CompletedTask, new());
            return asked;
        }
    }
}
