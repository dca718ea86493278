using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>We do not quarrel with ourselves.</summary>
internal sealed class NoFlapping : IInvariant
{
    public string Id => "no-flapping";

    public string Promise => "We never move a lead to and fro and to again without a change by others in between.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var timeline = new Timeline(history);
        foreach (var lead in timeline.Leads)
        {
            var stood = new List<string>();
            foreach (var effect in timeline.Of(lead))
            {
                if (!effect.IsOurs)
                    stood.Clear();
                else if (effect.Is(CrmFields.Stage))
                {
                    // What is empty for a moment is a step on the way, no place.
                    if (stood.Count == 0 && effect.Change.Before is { } before)
                        stood.Add(before);
                    if (effect.Change.After is { } after)
                        stood.Add(after);
                    if (stood is [.., var a, var b, var c, var d] && a == c && b == d && a != b)
                        yield return new(Id, $"{lead} went {a}, {b}, {c}, {d} by ourselves; the last: {effect}");
                }
            }
        }
    }
}
