using System.Collections.Concurrent;

namespace CrmSync.Worker.Connections;

/// <summary>When each loop last came round. A loop that stands still does not come back by itself: the process has to start again.</summary>
internal sealed class Heartbeats(TimeProvider clock)
{
    /// <summary>The beat of everything that is rung by the schedule.</summary>
    public const string Schedule = "schedule";

    /// <summary>Longer than any turn takes against a CRM that answers each call at the last moment.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, long> _beats = new(StringComparer.Ordinal);

    /// <summary>A loop came round; from the first time on it is expected to do so again.</summary>
    public void Beat(string loop) => _beats[loop] = clock.GetTimestamp();

    /// <summary>A loop ended because it was told to.</summary>
    public void Ended(string loop) => _beats.TryRemove(loop, out _);

    /// <summary>Since when each loop last came round.</summary>
    public IEnumerable<(string Loop, TimeSpan Age)> Ages() =>
        _beats.OrderBy(beat => beat.Key, StringComparer.Ordinal).Select(beat => (beat.Key, clock.GetElapsedTime(beat.Value)));

    /// <summary>The loops that have not come round for <see cref="Longest"/>.</summary>
    public IReadOnlyList<string> StandingStill() =>
        [.. _beats.Where(beat => clock.GetElapsedTime(beat.Value) > Longest).Select(beat => beat.Key).Order(StringComparer.Ordinal)];
}
