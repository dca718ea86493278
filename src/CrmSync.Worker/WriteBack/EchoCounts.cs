using System.Collections.Concurrent;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>Counts the writes of ours that the CRM will tell of as of changes, and that then need no look (<see cref="OwnEcho"/>).</summary>
internal sealed class EchoCounts
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Of one connection since the start.</summary>
    public long Of(string connection) => _counts.GetValueOrDefault(connection);

    /// <summary>Takes what was settled.</summary>
    public void Add(string connection, IReadOnlyList<Settlement> settled)
    {
        if (settled.Count(s => s.Seen is not null) is > 0 and var echoes)
            _counts.AddOrUpdate(connection, echoes, (_, count) => count + echoes);
    }
}
