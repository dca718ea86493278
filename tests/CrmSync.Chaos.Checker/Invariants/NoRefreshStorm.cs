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
        var refused = history.Log.Where(l => l is { Kind: "request", Method: "POST", Status: 400 or 401 } && RunFacts.IsOfTokens(l.Path)).ToList();
        foreach (var (window, most) in Bounds)
        {
            for (var last = most; last < refused.Count; last++)
            {
                if (refused[last].At - refused[last - most].At >= window)
                    continue;
                yield return new(Id, $"{most + 1} refused requests for a token within {window} up to line {refused[last].N} at {refused[last].At:O}; {most} are allowed");
                // One for each storm is enough to find it.
                last += most;
            }
        }
    }
}
