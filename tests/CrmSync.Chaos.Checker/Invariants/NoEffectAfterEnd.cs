using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>What was deleted or merged away is left alone.</summary>
internal sealed class NoEffectAfterEnd : IInvariant
{
    public string Id => "no-effect-after-end";

    public string Promise => "A lead that was deleted or merged away gets no effect afterwards, but for requests under way at that moment.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (timeline, book) = (new Timeline(history), new LeadBook(history));
        var ends = timeline.Leads.Select(timeline.EndOf).OfType<Effect>().ToDictionary(end => end.Change.Id);
        foreach (var effect in timeline.People.Where(e => e.IsOurs))
            if (ends.TryGetValue(effect.Change.Id, out var end) && IsLate(effect, end, history.Facts))
                yield return new(Id, $"{effect.Change.Id} ended in {end}; after that: {effect}");
        // A write to a record that was merged away lands on the survivor: the marker tells whom it was meant for.
        foreach (var effect in timeline.People.Where(e => e.IsOurs && e.Is(CrmFields.Marker)))
            if (Marker.Parse(effect.Change.After) is { } marker && book.IdsOf(marker.LeadKey).ToList() is { Count: > 0 } ids && !ids.Contains(effect.Change.Id)
                && !ids.Any(id => ends.TryGetValue(id, out var end) && !IsLate(effect, end, history.Facts)))
                yield return new(Id, $"{marker.Transition} was meant for {marker.LeadKey} ({string.Join(", ", ids)}) and was written to {effect.Change.Id}: {effect}");
        // Read before it was decided on, it is not there any more.
        foreach (var intent in history.Store.Intents)
            if (ends.TryGetValue(intent.LeadId, out var end) && Instant.Of(intent.CreatedAt) - end.Line.At > history.Facts.InFlight)
                yield return new(Id, $"{intent.LeadId} ended in {end}; {intent.TransitionId} was decided on it at {intent.CreatedAt}");
        foreach (var effect in timeline.All.Where(e => e.IsOurs && e.Is(CrmFields.Key) && e.Change.After?.Split('/') is ["task", _, _]))
        {
            var records = book.IdsOf(effect.Change.After!.Split('/')[1]).ToList();
            // A task of a lead that was merged goes to whoever goes on.
            if (records.Count > 0 && records.All(id => ends.TryGetValue(id, out var end) && !end.Is("mergedInto") && IsLate(effect, end, history.Facts)))
                yield return new(Id, $"a task was made for {string.Join(", ", records)} after the end: {effect}");
        }
    }

    private static bool IsLate(Effect effect, Effect end, RunFacts facts) =>
        effect.N > end.N && (effect.Line.At - end.Line.At > facts.InFlight && effect.Line.Fault != "delay-apply");
}
