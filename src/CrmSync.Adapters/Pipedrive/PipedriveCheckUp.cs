namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// What the last check found, and until when it holds: the worker asks every few minutes, and each time would cost as much as writing
/// seven leads. What stops writing alone is wrong with the deal fields: they are looked at again soon, and ever more seldom, and the rest
/// only where they have changed. What stops everything is asked for anew each time.
/// </summary>
internal sealed class PipedriveCheckUp(CrmConnection connection, PipedriveOptions options, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    /// <summary>A little less than ten minutes and half an hour: who asks that often is never just too early.</summary>
    private static readonly TimeSpan AtFirst = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(29);
    private static readonly TimeSpan First = TimeSpan.FromHours(1);
    private volatile FoundOnCheck? _found;
    private long _mendedAt;

    /// <summary>Another token may be another company's.</summary>
    private string? Token => connection.Token?.Reveal();

    /// <summary>
    /// What was found and still holds; null: all is to be asked for. In the first minute too: who asks again so soon has repaired something.
    /// </summary>
    /// <param name="areAsBefore">Asks for the deal fields, and says whether they are still like these.</param>
    public async Task<IReadOnlyList<CrmProblem>?> HoldsAsync(Func<PipedriveFieldBook, Task<bool>> areAsBefore)
    {
        if (_found is not { } found || found.Token != Token || time.GetElapsedTime(found.At) >= options.CheckEvery || time.GetElapsedTime(found.At) <= Soon)
            return null;
        if (found.Problems.All(p => p.Reach == ProblemReach.Hint))
            return found.Problems;
        if (found.Book is not { } book || found.Problems.Any(p => p.Reach == ProblemReach.Everything))
            return null;
        if (time.GetElapsedTime(found.AskedAt) < (time.GetElapsedTime(found.Since) < First ? AtFirst : Later))
            return found.Problems;
        if (!await areAsBefore(book).ConfigureAwait(false))
            return null;
        _found = found with { AskedAt = time.GetTimestamp() };
        return found.Problems;
    }

    /// <param name="book">The deal fields that were gone by; null where they could not be read.</param>
    public void Found(IReadOnlyList<CrmProblem> problems, PipedriveFieldBook? book)
    {
        var now = time.GetTimestamp();
        var since = _found is { } former && former.Problems.Any(p => p.Reach == ProblemReach.Writing) ? former.Since : now;
        _found = new(problems, now, Token, book, since, now);
    }

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

    /// <param name="Since">When something was first wrong that stops writing.</param>
    /// <param name="AskedAt">When the deal fields were last asked for.</param>
    private sealed record FoundOnCheck(IReadOnlyList<CrmProblem> Problems, long At, string? Token, PipedriveFieldBook? Book, long Since, long AskedAt);
}
