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
        var ours = history.Log.Where(l => l.Kind == "request" && l.At >= since && IsOurs(l, history.Facts)).ToList();
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

    /// <summary>
    /// A request that never got an answer went out all the same, under no name that the log could tell. One that is applied late has a second line
    /// for that; it was asked where the first one is.
    /// </summary>
    private static bool IsOurs(LogLine line, RunFacts facts) =>
        line.Identity is null ? line.Fault is not null && !RunFacts.IsOfTokens(line.Path) : line.Identity == facts.OurIdentity && line.Fault != "delay-apply";
}
