using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Whoever keeps a place in a stream says that nothing before it needs to be told again.</summary>
internal sealed class StreamKept : IInvariant
{
    /// <summary>What was told and could not be stored is told again, unless the place was lost first; then a sweep finds it.</summary>
    private static readonly TimeSpan BeforeLoss = TimeSpan.FromHours(2);

    public string Id => "stream-kept";

    public string Promise => "Each event that a stream told of somebody else's change is in the inbox exactly once, and each row from a stream is of an event that was told.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var rows = history.Store.Inbox.Where(r => NameOf(r.Delivery) is not null).ToList();
        var deliveries = rows.Select(r => r.Delivery).ToHashSet();
        var told = history.Log.Where(l => l is { Kind: "stream", About: not null, Events.Count: 1 }).ToList();
        var losses = history.Log.Where(l => l is { Kind: "stream", Method: "REPLAY", Fault: not null }).Select(l => l.At).ToList();
        // What is long done has left the inbox.
        var kept = new Timeline(history).Last - history.Facts.InboxKept;
        // A worker that dies before it has stored its first answer knows no place to go on from: what was told until then is the poll's.
        var begun = told.Find(l => deliveries.Contains(DeliveryOf(l)))?.N ?? 0;
        foreach (var line in told.Where(l => l.At > kept && l.N >= begun && !IsOurs(l.About!) && !losses.Exists(at => at >= l.At && at - l.At < BeforeLoss)))
            if (!deliveries.Contains(DeliveryOf(line)))
                yield return new(Id, $"event {line.Events[0]} of {line.About!.Record} {line.About.Id} was told at {line.At:O} and is not in the inbox");
        foreach (var twice in rows.GroupBy(r => r.Delivery).Where(g => g.Count() > 1))
            yield return new(Id, $"{twice.Key} is in the inbox {twice.Count()} times");
        var names = told.Select(l => l.Events[0]).ToHashSet();
        foreach (var row in rows.Where(r => !names.Contains(NameOf(r.Delivery)!)))
            yield return new(Id, $"row {row.Sequence} of the inbox ({row.Delivery}) is of no event that was told");
    }

    /// <summary>What we did ourselves is no news to us.</summary>
    private static bool IsOurs(News told) => told.Actor.StartsWith("api:", StringComparison.Ordinal);

    private static string DeliveryOf(LogLine line) => $"event:{line.Events[0]}:{line.About!.Id}";

    /// <summary>Transaction and number of <c>event:transaction/number:record</c>; null for what came in another way.</summary>
    private static string? NameOf(string delivery) => delivery.Split(':') is ["event", var name, _] && name.Contains('/') ? name : null;
}
