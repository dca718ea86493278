namespace CrmSync.Adapters.Quota;

/// <summary>
/// What the vendor says is left of a day's quota for everybody. Others may spend more than the reserve that we leave them:
/// then sweeps rest, and later polls, although our own share is not used up.
/// </summary>
internal sealed class QuotaPurse(TimeProvider time)
{
    /// <summary>How long a word on it counts: at some hour of the vendor's the purse is full again.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    private sealed record Word(int Left, int? Whole, long At);

    private volatile Word? _word;

    public int? Left => _word is { } word && time.GetElapsedTime(word.At) < Fresh ? word.Left : null;

    public void Hear(int left, int? whole) => _word = new(left, whole ?? _word?.Whole, time.GetTimestamp());

    /// <summary>
    /// Compared with the vendor's own limit: an admin may have set us a much lower one, and what is left for everybody is no part of that.
    /// </summary>
    /// <param name="limit">The one that we go by, where the vendor told none.</param>
    public bool IsLow(QuotaPurpose purpose, int limit) => Left < (_word?.Whole ?? limit) * purpose switch
    {
        QuotaPurpose.Sweep => 0.2,
        QuotaPurpose.Poll => 0.05,
        _ => 0,
    };
}
