using System.Collections.Concurrent;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>Counts what became of writes whose answer was lost.</summary>
internal sealed class UnknownCounts
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>By <c>applied</c>, <c>resent</c>, <c>conflict</c> or <c>gone</c>.</summary>
    public IEnumerable<KeyValuePair<string, long>> All => _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public void Add(Settlement settlement)
    {
        // One that was read once and is to be read again is still unknown.
        if (settlement.Intent.State == IntentState.Unknown)
            return;
        var resolution = settlement.Intent.State == IntentState.Pending ? "resent" : settlement.Intent.State.ToString().ToLowerInvariant();
        _counts.AddOrUpdate(resolution, 1, (_, count) => count + 1);
    }
}
