namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// What the last check found, and until when it holds: the worker asks every few minutes, and each time would cost as much as writing
/// three leads. One that found something wrong is soon made again.
/// </summary>
internal sealed class PipedriveCheckUp(CrmConnection connection, PipedriveOptions options, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private volatile Findings? _found;
    private long _mendedAt;

    /// <summary>Another token may be another company's.</summary>
    private string? Token => connection.Token?.Reveal();

    /// <summary>Null in the first minute too: who asks again so soon has repaired something.</summary>
    public IReadOnlyList<CrmProblem>? Fresh() =>
        _found is { } found && found.Token == Token && found.Problems.All(p => p.Reach == ProblemReach.Hint) && time.GetElapsedTime(found.At) < options.CheckEvery && time.GetElapsedTime(found.At) > Soon
            ? found.Problems
            : null;

    public void Found(IReadOnlyList<CrmProblem> problems) => _found = new(problems, time.GetTimestamp(), Token);

    public void Forget() => _found = null;

    /// <summary>
    /// Mends the webhooks at the start, and as often as checks: one that is gone is missed by nobody else. What failed is tried again
    /// sooner: as a rule it passes.
    /// </summary>
    /// <param name="alarm">Something makes it likely that one is gone.</param>
    public async Task<IReadOnlyList<SetupStep>> MendAsync(bool alarm, Func<Task<IReadOnlyList<SetupStep>>> mend)
    {
        if (!IsTimeToMend() && !alarm)
            return [];
        try
        {
            return await mend().ConfigureAwait(false);
        }
        catch (CrmException)
        {
            Interlocked.Exchange(ref _mendedAt, time.GetTimestamp() - (long)((options.CheckEvery - Again).TotalSeconds * time.TimestampFrequency));
            throw;
        }
    }

    private bool IsTimeToMend()
    {
        var last = Interlocked.Read(ref _mendedAt);
        if (last != 0 && time.GetElapsedTime(last) < options.CheckEvery)
            return false;
        Interlocked.Exchange(ref _mendedAt, time.GetTimestamp());
        return true;
    }

    private sealed record Findings(IReadOnlyList<CrmProblem> Problems, long At, string? Token);
}
