using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Whoever keeps a place in a stream says that nothing before it needs to be told again.</summary>
internal sealed class StreamKept : IInvariant
{
    public string Id => "stream-kept";

    public string Promise => "Each event that a stream told of somebody else's change is in the inbox exactly once, and each row from a stream is of an event that was told.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var rows = history.Store.Inbox.Where(r => NameOf(r.Delivery) is not null).ToList();
        var deliveries = rows.Select(r => r.Delivery).ToHashSet();
        var told = history.Log.Where(l => l is { Kind: "stream", About: not null, Events.Count: 1 }).ToList();
        var places = new StreamPlaces(history.Log, told, line => deliveries.Contains(DeliveryOf(line)));
        // What is long done has left the inbox.
        var kept = new Timeline(history).Last - history.Facts.InboxKept;
        foreach (var line in told.Where(l => l.At > kept && !deliveries.Contains(DeliveryOf(l)) && !IsOurs(l.About!)))
            if (!places.MayHaveMissed(line))
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

/// <summary>
/// Where the places in streams were lost. What could not be stored is told again, as long as it takes, and then the place may be lost:
/// a sweep finds the rest. Once something later was stored, though, the place had gone by.
/// </summary>
internal sealed class StreamPlaces
{
    private readonly ILookup<string?, long> _losses;
    private readonly ILookup<string?, (long Told, long First)> _stored;
    private readonly Dictionary<string, long> _first;

    public StreamPlaces(IReadOnlyList<LogLine> log, IReadOnlyList<LogLine> told, Func<LogLine, bool> isStored)
    {
        _losses = log.Where(l => l is { Kind: "stream", Method: "REPLAY", Fault: not null }).ToLookup(l => l.Path, l => l.N);
        // Told again it keeps its place: the order of a stream is that of the first telling.
        _first = told.GroupBy(Name).ToDictionary(g => g.Key, g => g.Min(l => l.N));
        _stored = told.Where(isStored).ToLookup(l => l.Path, l => (l.N, _first[Name(l)]));
    }

    /// <summary>Whether a worker that did everything right may not have stored what this line tells.</summary>
    public bool MayHaveMissed(LogLine line) => HadNoPlace(line) || WasLostBeforeItWasStored(line);

    /// <summary>
    /// A worker that dies before it has stored the first answer, at its start or after a loss, knows no place to go on from: what was
    /// told until then is the poll's.
    /// </summary>
    private bool HadNoPlace(LogLine line)
    {
        var last = _losses[line.Path].Where(n => n < line.N).DefaultIfEmpty(-1).Max();
        return line.N < _stored[line.Path].Select(s => s.Told).Where(n => n > last).DefaultIfEmpty(last).Min();
    }

    private bool WasLostBeforeItWasStored(LogLine line) =>
        _losses[line.Path].Where(n => n > line.N).DefaultIfEmpty(-1).Min() is var loss and > 0
        && !_stored[line.Path].Any(s => s.Told < loss && s.First > _first[Name(line)]);

    private static string Name(LogLine line) => $"{line.Path} {line.Events[0]} {line.About!.Id}";
}
