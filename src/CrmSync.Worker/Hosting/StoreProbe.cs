using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Hosting;

/// <summary>Whether the store takes a write, found out by writing; asked often, it answers from what it last found.</summary>
internal sealed class StoreProbe(ISyncStore store, TimeProvider clock)
{
    private const string Name = "probed";
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private long? _writtenAt;

    /// <summary>Null: it takes writes.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        if (_writtenAt is { } at && clock.GetElapsedTime(at) < Holds)
            return null;
        _writtenAt = null;
        try
        {
            await store.RememberAsync("", Name, clock.GetUtcNow().ToString("O"), cancellationToken).WaitAsync(Patience, cancellationToken);
            _writtenAt = clock.GetTimestamp();
            return null;
        }
        catch (StoreException failure)
        {
            return $"{failure.Message} {failure.Repair}";
        }
        catch (TimeoutException)
        {
            return "The store does not take a write in time: its disk is slow, or another program holds the file.";
        }
    }
}
