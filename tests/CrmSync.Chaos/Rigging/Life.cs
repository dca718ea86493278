using System.Collections.Concurrent;

namespace CrmSync.Chaos.Rigging;

/// <summary>
/// One life of a worker, from its start to its death. Every store call and every request passes here twice, before it goes
/// out and after it came back; at one of these points the worker may die, and from then on it reaches nothing any more.
/// </summary>
internal sealed class Life(CrashBook book)
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    /// <summary>Passes a named point, or dies there.</summary>
    public void Pass(string point)
    {
        if (_isOver)
            throw new WorkerDiedException(point);
        if (!book.Kills(point))
            return;
        _isOver = true;
        throw new WorkerDiedException(point);
    }
}

/// <summary>At which points workers die, and which points were passed how often. Shared by all lives of a run.</summary>
internal sealed class CrashBook
{
    private readonly ConcurrentDictionary<string, int> _passed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _planned = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _deaths = new();
    private int _anyAfter = -1;

    /// <summary>Points passed, with how often.</summary>
    public IReadOnlyDictionary<string, int> Passed => _passed;

    /// <summary>Points at which a worker died, in order.</summary>
    public IReadOnlyList<string> Deaths => [.. _deaths];

    /// <summary>The next worker that gets there for the n-th time from now on dies.</summary>
    public void DieAt(string point, int nth = 1) => _planned[point] = nth;

    /// <summary>Death comes after so many points, whatever they are.</summary>
    public void DieAfter(int points) => Volatile.Write(ref _anyAfter, points);

    /// <summary>What was planned and did not happen is planned no more.</summary>
    public void CallOff()
    {
        _planned.Clear();
        Volatile.Write(ref _anyAfter, -1);
    }

    public bool Kills(string point)
    {
        _passed.AddOrUpdate(point, 1, (_, n) => n + 1);
        if (!IsHere(point) && !IsTime())
            return false;
        _deaths.Enqueue(point);
        return true;
    }

    private bool IsHere(string point)
    {
        if (!_planned.TryGetValue(point, out var left))
            return false;
        if (left > 1)
        {
            _planned[point] = left - 1;
            return false;
        }
        return _planned.TryRemove(point, out _);
    }

    private bool IsTime() => Volatile.Read(ref _anyAfter) >= 0 && Interlocked.Decrement(ref _anyAfter) == -1;
}
