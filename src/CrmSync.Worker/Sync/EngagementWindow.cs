using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Turns lifetime counters into acts with instants: what a counter grew by between two readings happened between them.
/// Until a window is covered, a rule that counts in it knows since when it is counted.
/// </summary>
internal static class EngagementWindow
{
    /// <summary>Older acts are in no rule's window.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>The facts with every bare counter filled in, and what to remember of the counters.</summary>
    public static (LeadFacts Facts, IReadOnlyDictionary<string, CounterMemory> Counters) Apply(
        LeadFacts facts, IReadOnlyDictionary<string, CounterMemory> remembered, DateTimeOffset now)
    {
        LeadFacts.Builder? builder = null;
        var counters = new Dictionary<string, CounterMemory>(remembered);
        for (var slot = 0; slot < facts.Catalogue.Definitions.Count; slot++)
        {
            var definition = facts.Catalogue.Definitions[slot];
            if (definition.Type != FactType.Engagement || !facts[slot].IsKnown)
                continue;
            var engagement = facts[slot].Engagement;
            if (engagement.CompleteSince is not null || engagement.Total is not { } total)
                continue;
            var counter = Advance(counters.GetValueOrDefault(definition.Name), total, engagement.LastAt, now);
            counters[definition.Name] = counter;
            builder ??= new(facts);
            builder.Set(definition.Name, FactValue.Of(engagement with { Acts = counter.Acts, CompleteSince = counter.Since }));
        }
        return (builder?.Build() ?? facts, counters);
    }

    private static CounterMemory Advance(CounterMemory? before, long total, DateTimeOffset? lastAt, DateTimeOffset now)
    {
        // The first reading knows one act for certain, the last one, and nothing of those before it.
        if (before is null)
            return new(now, total, total > 0 && lastAt is { } last && last <= now ? [new(last)] : []);
        // A merge or an import may lower or raise a counter at will; a fall starts the count again.
        if (total < before.Total)
            return new(now, total, []);
        if (total == before.Total)
            return before;
        var newest = before.Acts.Count > 0 ? before.Acts[^1].At : DateTimeOffset.MinValue;
        var at = lastAt is { } seen && seen > newest && seen <= now ? seen : now;
        var acts = before.Acts.Where(a => a.At > now - Kept).Append(new(at, (int)Math.Min(total - before.Total, int.MaxValue)));
        return new(before.Since, total, [.. acts]);
    }
}
