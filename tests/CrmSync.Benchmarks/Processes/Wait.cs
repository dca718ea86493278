namespace CrmSync.Benchmarks.Processes;

internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for something, unless the process that it depends on ends first.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan within, string what, Child process)
    {
        var deadline = DateTimeOffset.UtcNow + within;
        while (!await condition())
        {
            if (process.HasExited)
                throw new InvalidOperationException($"It ended before {what}: {process.LastErrors}");
            if (DateTimeOffset.UtcNow > deadline)
                throw new TimeoutException($"It took more than {within} until {what}: {process.LastErrors}");
            await Task.Delay(Pause);
        }
    }
}
