using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>A grant that the CRM refuses is an admin's affair; to ask with it again and again helps nobody.</summary>
internal sealed class NoRefreshStorm : IInvariant
{
    private static readonly (TimeSpan Window, int Most)[] Bounds = [(TimeSpan.FromMinutes(1), 3), (TimeSpan.FromHours(1), 20)];

    public string Id => "no-refresh-storm";

    public string Promise => "What is asked of the token endpoint with a grant that is refused stays within some requests a minute and an hour, over all restarts.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var asked = history.Log.Where(l => l is { Kind: "request", Method: "POST" } && RunFacts.IsOfTokens(l.Path)).ToList();
        var refused = asked.Where(l => l.Status is 400 or 401).ToList();
        foreach (var (window, most) in Bounds)
        {
            for (var last = most; last < refused.Count; last++)
            {
                var (from, until) = (refused[last].At - window, refused[last].At);
                // A worker that starts anew asks once, whatever the one before it was told.
                var allowed = most + history.Faults.Count(f => (f.Name.StartsWith(RunHistory.Killed, StringComparison.Ordinal) || f.Name == RunHistory.PutBack) && f.At > from && f.At <= until);
                // A token that another program had spent is refused and its follower is not: that grant was good. All the hour long that excuses nobody.
                var granted = window > Bounds[0].Window ? null : asked.LastOrDefault(l => l.N < refused[last].N && l is { Status: 200, Reply: "sent" });
                if (refused.Count(l => l.At > from && l.N > (granted?.N ?? -1) && l.N <= refused[last].N) <= allowed)
                    continue;
                yield return new(Id, $"more than {allowed} refused requests for a token within {window} up to line {refused[last].N} at {until:O}");
                // One for each storm is enough to find it.
                last += most;
            }
        }
    }
}
