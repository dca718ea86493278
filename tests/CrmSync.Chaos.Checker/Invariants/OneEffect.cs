using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>A transition changes the CRM once, however often it is sent.</summary>
internal sealed class OneEffect : IInvariant
{
    public string Id => "one-effect";

    public string Promise => "A transition has at most one effect a step; going backwards has two steps, the clear and the set.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var timeline = new Timeline(history);
        var ours = timeline.People.Where(e => e.IsOurs).ToList();
        // Whatever store wrote it: one that was restored does nothing again either.
        var steps = ours.Where(e => e.Is(CrmFields.Marker)).GroupBy(e => Marker.Parse(e.Change.After) is { } marker ? (marker.Transition, marker.Clears) : default);
        foreach (var twice in steps.Where(g => g.Key != default && g.Count() > 1))
            yield return new(Id, $"{twice.Key.Transition}{(twice.Key.Clears ? " (its clear)" : "")} was written {twice.Count()} times, the second time in {twice.Skip(1).First()}");
        // A repeated write whose marker stands already shows by the stage alone.
        var stages = ours.Where(e => e.Is(CrmFields.Stage)).GroupBy(e => (e.Change.Id, Marker: timeline.ValueAfter(e.Change.Id, CrmFields.Marker, e.N)));
        foreach (var twice in stages.Where(g => g.Count() > 1))
            yield return new(Id, $"the stage of {twice.Key.Id} was changed {twice.Count()} times under marker {twice.Key.Marker}, the second time in {twice.Skip(1).First()}");
    }
}
