using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>The one log of all that happened, numbered in the order in which it happened.</summary>
internal sealed class SandboxLog(int? capacity)
{
    private readonly List<LogEntry> entries = [];
    private long last;

    public void Append(LogEntry entry)
    {
        entries.Add(entry with { N = ++last });
        if (capacity is { } most && entries.Count >= most * 2L)
        {
            // Forgetting in large bites keeps a long run from moving the whole list with every entry.
            entries.RemoveRange(0, entries.Count - most);
        }
    }

    /// <summary>Entries with a higher number than the one given; those beyond the capacity are gone.</summary>
    public IReadOnlyList<LogEntry> After(long number)
    {
        var firstKept = last - Math.Min(entries.Count, capacity ?? int.MaxValue);
        var count = (int)(last - Math.Max(number, firstKept));
        return count <= 0 ? [] : entries.GetRange(entries.Count - count, count);
    }

    public void Clear()
    {
        entries.Clear();
        last = 0;
    }
}
