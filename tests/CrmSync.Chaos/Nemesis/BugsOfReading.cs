using CrmSync.Adapters;
using CrmSync.Chaos.Rigging;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Changes that are not seen, or are taken for something else.</summary>
internal static class BugsOfReading
{
    public static IEnumerable<PlantedBug> All =>
    [
        new("no read before a write", ["people-win", "no-effect-after-end", "effects-audited", "one-effect"])
        {
            Faults = ["reply lost after apply"],
            Adapter = (_, inner) =>
            {
                var seen = new Dictionary<string, CrmReading>();
                return Twist.Of(inner, (nameof(ICrmAdapter.ReadAsync), (args, call) => ReadAsync(seen, args, call)));
            },
        },
        new("what comes soon after our own write is our echo", ["every-change-looked-at", "cursor-behind", "webhooks-kept", "stream-kept"])
        {
            Adapter = (rig, inner) => Twist.Of(inner, (nameof(ICrmAdapter.WriteAsync), (args, call) =>
            {
                foreach (var write in (IReadOnlyList<LeadWrite>)args[0]!)
                    Written(rig)[write.LeadId] = rig.Now;
                return call(args);
            })),
            Store = (rig, inner) => Twist.Of(inner,
                (nameof(IInbox.AcceptAsync), (args, call) => call([args[0], NotEchoes(rig, args[1]), args[2], args[3]])),
                (nameof(IInbox.AdvanceAsync), (args, call) => call([args[0], args[1], NotEchoes(rig, args[2]), args[3], args[4], args[5]]))),
        },
        new("the cursor moves before its page is stored", ["cursor-behind", "every-change-looked-at"])
        {
            Webhooks = false,
            Sweeps = false,
            Deaths = ["store AdvanceAsync after"],
            Store = (_, inner) => Twist.Of(inner, (nameof(IInbox.AdvanceAsync), (args, _) => InTwoStepsAsync(inner, args))),
        },
        new("an erased record is taken for a living one", ["no-effect-after-end", "people-win", "effects-audited", "intents-end", "stage-at-rest"])
        {
            Adapter = (_, inner) =>
            {
                var alive = new Dictionary<(string, ReadDepth), CrmReading>();
                return Twist.Of(inner, (nameof(ICrmAdapter.ReadAsync), (args, call) => AlwaysAliveAsync(alive, (ReadDepth)args[1]!, (Task<IReadOnlyList<CrmReading>>)call(args)!)));
            },
        },
    ];

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Rig, Dictionary<string, DateTimeOffset>> Writes = [];

    private static Dictionary<string, DateTimeOffset> Written(Rig rig) => Writes.GetOrCreateValue(rig);

    private static IReadOnlyList<InboxEntry> NotEchoes(Rig rig, object? entries) =>
        [.. ((IReadOnlyList<InboxEntry>)entries!).Where(e => !(Written(rig).TryGetValue(e.LeadId, out var at) && rig.Now - at < TimeSpan.FromHours(1)))];

    private static async Task<IReadOnlyList<CrmReading>> ReadAsync(Dictionary<string, CrmReading> seen, object?[] args, Func<object?[], object?> call)
    {
        var (ids, depth) = ((IReadOnlyList<string>)args[0]!, (ReadDepth)args[1]!);
        if (depth == ReadDepth.Guard && ids.All(seen.ContainsKey))
            return [.. ids.Select(id => seen[id])];
        var readings = await (Task<IReadOnlyList<CrmReading>>)call(args)!;
        foreach (var reading in readings)
            seen[reading.LeadId] = reading;
        return readings;
    }

    private static async Task<IReadOnlyList<CrmReading>> AlwaysAliveAsync(Dictionary<(string, ReadDepth), CrmReading> alive, ReadDepth depth, Task<IReadOnlyList<CrmReading>> reading)
    {
        var readings = (await reading).ToArray();
        for (var i = 0; i < readings.Length; i++)
        {
            if (readings[i].Kind == CrmReadingKind.Found)
                alive[(readings[i].LeadId, depth)] = readings[i];
            else if (alive.TryGetValue((readings[i].LeadId, depth), out var before))
                readings[i] = before;
        }
        return readings;
    }

    private static async Task<int> InTwoStepsAsync(ISyncStore store, object?[] args)
    {
        var (connection, stream, entries, position, at) = ((string)args[0]!, (string)args[1]!, (IReadOnlyList<InboxEntry>)args[2]!, (string?)args[3], (DateTimeOffset)args[4]!);
        await store.AdvanceAsync(connection, stream, [], position, at, CancellationToken.None);
        return entries.Count == 0 ? 0 : await store.AcceptAsync(connection, entries, at, CancellationToken.None);
    }
}
