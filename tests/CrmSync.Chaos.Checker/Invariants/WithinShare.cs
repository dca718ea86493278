using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>The customer's quota is shared with others.</summary>
internal sealed class WithinShare : IInvariant
{
    public string Id => "within-share";

    public string Promise => "In no window do the worker's requests exceed the configured share of the quota, over all restarts.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        // What an admin's command asked before the first start is no request of the worker's, and its store cannot know of it.
        var since = history.Facts.SetUpAt ?? DateTimeOffset.MinValue;
        var theirs = OfAdmins(history);
        var ours = history.Log.Where(l => l.Kind == "request" && l.At >= since && IsOurs(l, history.Facts) && !theirs.Contains(l.N)).ToList();
        foreach (var quota in history.Facts.Quotas)
        {
            var calls = ours.Where(l => quota.Counts(l.Path ?? "")).OrderBy(l => l.At).ToList();
            var first = 0;
            for (var last = 0; last < calls.Count; last++)
            {
                while (calls[last].At - calls[first].At >= quota.Window)
                    first++;
                if (last - first + 1 <= quota.Most)
                    continue;
                yield return new(Id, $"{last - first + 1} requests ('{quota.Path}') in {quota.Window} up to line {calls[last].N} at {calls[last].At:O}; {quota.Most} are allowed");
                // One for each burst is enough to find it.
                first = last + 1;
            }
        }
    }

    /// <summary>Whoever agrees anew asks first whose the new token is: the command's process, and the worker had no token to ask with.</summary>
    private static HashSet<long> OfAdmins(RunHistory history) =>
        [.. history.Log.Where(l => l.Path?.EndsWith("/oauth/authorize", StringComparison.Ordinal) == true)
            .Select(agreed => history.Log.FirstOrDefault(l => l.N > agreed.N && l.Kind == "request" && l.Identity == history.Facts.OurIdentity))
            .Where(first => first?.Path?.EndsWith("/users/me", StringComparison.Ordinal) == true).Select(first => first!.N)];

    /// <summary>
    /// A request that never got an answer went out all the same, under no name that the log could tell. One that is applied late has a second line
    /// for that; it was asked where the first one is.
    /// </summary>
    private static bool IsOurs(LogLine line, RunFacts facts) =>
        line.Identity is null ? line.Fault is not null && !RunFacts.IsOfTokens(line.Path) : line.Identity == facts.OurIdentity && line.Fault != "delay-apply";
}
