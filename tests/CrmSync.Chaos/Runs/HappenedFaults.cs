using System.Globalization;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Runs;

/// <summary>Faults that a run was set up for, told from what was seen of them and not from the setting.</summary>
internal static class HappenedFaults
{
    public const string LateRows = "rows visible minutes late";
    public const string TakenBack = "rejected lead taken back to an earlier stage";
    public const string AllLost = "all webhooks lost";
    public const string Disorder = "webhooks sent twice and out of order";

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(2);

    /// <param name="sendsWebhooks">Whether the CRM has any to lose.</param>
    public static IEnumerable<FaultMark> Of(RunHistory history, bool sendsWebhooks)
    {
        var webhooks = history.Log.Where(l => l is { Kind: "webhook", Status: >= 200 and < 300 }).ToList();
        if (history.Log.FirstOrDefault(l => IsBlind(l, history.Facts)) is { } blind)
            yield return new(blind.At, LateRows);
        if (sendsWebhooks && webhooks.Count == 0 && history.Log.LastOrDefault(l => l.Kind == "act" && l.At > history.Facts.LiveAt && l.Effects.Count > 0) is { } untold)
            yield return new(untold.At, AllLost);
        if (webhooks.SelectMany(w => w.Events).GroupBy(e => e).Any(same => same.Count() > 1) && webhooks.Zip(webhooks.Skip(1)).Any(pair => IsDisorder(pair.First, pair.Second)))
            yield return new(webhooks[^1].At, Disorder);
        if (history.Store.Audit.FirstOrDefault(r => r is { Kind: "Applied", ToStage: "Lead", HandoverState: "Rejected" or "Disqualified" } && r.FromStage != r.ToStage) is { } back)
            yield return new(Instant.Of(back.At!), TakenBack);
    }

    /// <summary>How often each kind happened.</summary>
    public static string Told(IEnumerable<FaultMark> faults) =>
        string.Join(", ", faults.GroupBy(f => f.Name).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {f.Count()}"));

    /// <summary>We looked, and were not shown what had changed minutes before.</summary>
    private static bool IsBlind(LogLine line, RunFacts facts) =>
        line is { Kind: "request", Reply: "sent", Status: >= 200 and < 300, Fault: null, Oldest: { } oldest } && line.Identity == facts.OurIdentity && line.At - oldest >= Minutes;

    /// <summary>An event after a younger one: in one webhook, where they are numbered, or in the next.</summary>
    private static bool IsDisorder(LogLine first, LogLine second)
    {
        var numbers = first.Events.Select(e => long.TryParse(e, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        return second.Oldest < first.Oldest || numbers.Zip(numbers.Skip(1)).Any(pair => pair.Second < pair.First);
    }
}
