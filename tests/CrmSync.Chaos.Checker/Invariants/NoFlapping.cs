using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>We do not quarrel with ourselves.</summary>
internal sealed class NoFlapping : IInvariant
{
    public string Id => "no-flapping";

    public string Promise => "We never move a lead to and fro and to again without a change or a word of others in between.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var timeline = new Timeline(history);
        // What somebody said right before our offer went over it, and counts all the same. Where no history is kept nobody knows who.
        var asked = Decided(history, actor => actor.StartsWith("person:", StringComparison.Ordinal));
        var askedUnnamed = Decided(history, actor => actor == "unknown");
        foreach (var lead in timeline.Leads)
        {
            var stood = new List<string>();
            foreach (var effect in timeline.Of(lead))
            {
                if (!effect.IsOurs || IsAsked(effect, asked) || (history.Facts.WithoutHistory.Contains(effect.Change.OwnRecord) && IsAsked(effect, askedUnnamed)))
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

    private static HashSet<string> Decided(RunHistory history, Func<string, bool> by) => history.Store.Audit.Where(row => row.Kind == "Decided" && by(row.Actor)).Select(row => row.TransitionId!).ToHashSet();

    /// <summary>Written together with the marker of what a person decided.</summary>
    private static bool IsAsked(Effect effect, HashSet<string> asked) =>
        effect.Line.Effects.Any(c => c.Id == effect.Change.Id && c.Field == CrmFields.Marker && Marker.Parse(c.After) is { } marker && asked.Contains(marker.Transition));
}
