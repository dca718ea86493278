using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>
/// One thing that differs. <paramref name="What"/>: <c>policy</c>, <c>criterion</c> or <c>gate</c>. <paramref name="Name"/>: the criterion's id,
/// gate and part (<c>mql.fit</c>), or <c>policy</c>. <paramref name="Before"/> and <paramref name="After"/>: what it said, or null where it is not in that rule set.
/// </summary>
public sealed record FlipReason(string What, string Name, string? Before, string? After);

/// <summary>What in two judgements of one lead differs. A criterion whose answer and points are the same is no reason.</summary>
internal static class FlipReasons
{
    internal static IReadOnlyList<FlipReason> Of(RuleSet before, Evaluation old, RuleSet after, Evaluation now) =>
        [.. Policies(old, now), .. Criteria(old, now), .. Gates(before, before.PolicyNamed(old.Policy), after, after.PolicyNamed(now.Policy))];

    private static IEnumerable<FlipReason> Policies(Evaluation old, Evaluation now)
    {
        if (old.Policy != now.Policy)
            yield return new("policy", "policy", old.Policy, now.Policy);
    }

    private static IEnumerable<FlipReason> Criteria(Evaluation old, Evaluation now)
    {
        var later = now.Findings.ToDictionary(finding => finding.Criterion, StringComparer.Ordinal);
        var earlier = old.Findings.Select(finding => finding.Criterion).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in old.Findings)
        {
            var same = later.GetValueOrDefault(finding.Criterion);
            if (Say(finding) != Say(same) && (same is not null || Weighs(finding)))
                yield return new("criterion", finding.Criterion, Say(finding), Say(same));
        }
        foreach (var added in now.Findings)
            if (!earlier.Contains(added.Criterion) && Weighs(added))
                yield return new("criterion", added.Criterion, null, Say(added));
    }

    private static IEnumerable<FlipReason> Gates(RuleSet before, Policy old, RuleSet after, Policy by)
    {
        var parts = GateParts.Of(before, old);
        foreach (var (name, now) in GateParts.Of(after, by))
            if (parts[name] != now)
                yield return new("gate", name, parts[name], now);
    }

    // What was not met and is gone, or came and is not met, moved nothing.
    private static bool Weighs(Finding finding) => finding.Result != CriterionResult.NotMet;

    private static string? Say(Finding? finding) => finding switch
    {
        null => null,
        { Result: CriterionResult.Met, MaxPoints: not 0 } met => $"met ({met.Points.ToString(CultureInfo.InvariantCulture)})",
        { Result: CriterionResult.Met } => "met",
        { Result: CriterionResult.NotMet } => "not met",
        { MaxPoints: not 0 } open => $"unknown (0 of {open.MaxPoints.ToString(CultureInfo.InvariantCulture)})",
        _ => "unknown",
    };
}
