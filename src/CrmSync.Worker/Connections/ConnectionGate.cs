using CrmSync.Adapters;

namespace CrmSync.Worker.Connections;

/// <summary>
/// Whether a connection may be used now, and what stands in its way. In memory only: after a restart the first failure
/// closes it again.
/// </summary>
internal sealed class ConnectionGate
{
    private readonly Lock _lock = new();
    private DateTimeOffset _closedUntil;
    private int _failures;
    private bool _isSpent;

    /// <summary>What an admin must do; null when nothing.</summary>
    public string? Attention { get; private set; }

    /// <summary>The account was looked at: before, a token for the wrong one could be read from or written to.</summary>
    public bool IsChecked { get; private set; }

    /// <summary>A write met something that a check would tell, and none has looked since.</summary>
    public bool IsDoubted { get; private set; }

    /// <summary>What the last check found; empty before the first.</summary>
    public IReadOnlyList<CrmProblem> Problems { get; private set; } = [];

    public bool MayRead => IsChecked && Problems.All(p => p.Reach != ProblemReach.Everything);

    public bool MayWrite => IsChecked && Problems.All(p => p.Reach == ProblemReach.Hint);

    /// <summary>Takes what a check found.</summary>
    public void Checked(IReadOnlyList<CrmProblem> problems) => (Problems, IsChecked, IsDoubted) = (problems, true, false);

    /// <summary>The account lacks something, it seems: it is looked at before its time.</summary>
    public void Doubt() => IsDoubted = true;

    /// <summary>When the gate opens, if it is closed at an instant.</summary>
    public DateTimeOffset? ClosedUntil(DateTimeOffset now)
    {
        lock (_lock)
            return _closedUntil > now ? _closedUntil : null;
    }

    public bool IsOpen(DateTimeOffset now) => ClosedUntil(now) is null;

    /// <summary>Closes the gate as <see cref="FailurePolicy"/> says. Answers until when.</summary>
    public DateTimeOffset Failed(CrmException failure, DateTimeOffset now) => Failed(failure, now, out _);

    /// <param name="isNews">False for a quota that is still spent: an admin was told when it first was.</param>
    public DateTimeOffset Failed(CrmException failure, DateTimeOffset now, out bool isNews)
    {
        lock (_lock)
        {
            isNews = failure.Failure != CrmFailure.RateLimited || !_isSpent;
            _isSpent |= failure.Failure == CrmFailure.RateLimited;
            _closedUntil = FailurePolicy.RetryAt(failure, ++_failures, now);
            Attention = FailurePolicy.NeedsAttention(failure.Failure) ? $"{failure.Message} {failure.Repair}".TrimEnd() : Attention;
            return _closedUntil;
        }
    }

    /// <summary>What it was closed for may be over: the account is looked at again, as at the start.</summary>
    public void Reopen()
    {
        lock (_lock)
            (_closedUntil, _failures, _isSpent, IsChecked) = (default, 0, false, false);
    }

    public void Succeeded()
    {
        if (_failures == 0 && Attention is null)
            return;
        lock (_lock)
            (_failures, _isSpent, Attention) = (0, false, null);
    }
}
