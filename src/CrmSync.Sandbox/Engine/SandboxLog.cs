using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>The one log of all that happened, numbered in the order in which it happened.</summary>
internal sealed class SandboxLog(int? capacity)
{
    private readonly Queue<LogEntry> entries = new();
    private long last;

    public void Append(LogEntry entry)
    {
        entries.Enqueue(entry with { N = ++last });
        if (capacity is { } most && entries.Count > most)
        {
            entries.Dequeue();
        }
    }

    /// <summary>Entries with a higher number than the one given; those beyond the capacity are gone.</summary>
    public IReadOnlyList<LogEntry> After(long number)
    {
        var firstKept = last - entries.Count;
        return [.. entries.Skip((int)Math.Max(0, number - firstKept))];
    }

    public void Clear()
    {
        entries.Clear();
        last = 0;
    }
}
