using System.Collections.Concurrent;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Who last changed a record that was read a moment ago, and when: what a write to it is guarded by.</summary>
/// <param name="LeftStage">The stage that a conversion left behind; null: none, or the record has its own.</param>
internal readonly record struct SalesforceTouch(bool IsForeign, DateTimeOffset ModifiedAt, string? LeftStage, DateTimeOffset SeenAt);

/// <summary>
/// Remembers the touches of records just read, so that the write that follows its guarding read asks for nothing twice. Only a
/// help: what it has forgotten is read again.
/// </summary>
internal sealed class SalesforceTouches(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, SalesforceTouch> _seen = new(StringComparer.Ordinal);

    /// <param name="machines">Users who are nobody: what an import or a flow changed, or we did, is no person's edit under way.</param>
    public void Saw(SalesforceRecord record, string? leftStage, IReadOnlySet<string> machines)
    {
        if (record.Id is not { } id || SalesforceStreams.Instant(record["LastModifiedDate"]) is not { } at)
            return;
        if (_seen.Count > Most)
            _seen.Clear();
        var isForeign = record["LastModifiedById"] is not { } by || !machines.Contains(SalesforceId.Key(by));
        _seen[SalesforceId.Key(id)] = new(isForeign, at, leftStage, time.GetUtcNow());
    }

    /// <summary>Null where it was not read just now.</summary>
    public SalesforceTouch? Find(string id) =>
        _seen.TryGetValue(SalesforceId.Key(id), out var touch) && time.GetUtcNow() - touch.SeenAt <= Fresh ? touch : null;
}
