using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Rules.Oracle;

/// <summary>Every way of filling in what is not known of a lead: values of each kind, and acts that the record does not rule out.</summary>
internal static class Completions
{
    // Between any two bounds of drawn rules lies one of them.
    private static readonly FactValue[] Sizes = [.. Enumerable.Range(-1, 20).Select(half => FactValue.Of(half / 2m))];
    private static readonly FactValue[] Names = [FactValue.Of("a"), FactValue.Of("b"), FactValue.Of("c"), FactValue.Of("z")];

    // Acts in each of the windows, the longest one alone holding the last.
    private static readonly int[][] Hidden = [.. from a in Enumerable.Range(0, 5) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 3) select new[] { a, b, c }];

    /// <summary>About how many there are.</summary>
    internal static long Count(LeadFacts lead) => DrawnRules.Acts.Aggregate(1L, (count, slot) => count * (IsWhole(lead[slot]) ? 1 : Hidden.Length))
        * (lead[DrawnRules.Employees].IsKnown ? 1 : Sizes.Length) * (lead[DrawnRules.Country].IsKnown ? 1 : Names.Length) * (lead[DrawnRules.Industry].IsKnown ? 1 : Names.Length);

    internal static IEnumerable<LeadFacts> Of(LeadFacts lead)
    {
        IEnumerable<LeadFacts> all = [lead];
        foreach (var slot in (int[])[DrawnRules.Employees, DrawnRules.Country, DrawnRules.Industry, .. DrawnRules.Acts])
        {
            FactValue[] values = [.. Values(slot, lead[slot])];
            if (values.Length > 1 || values[0] != lead[slot])
                all = all.SelectMany(some => values.Select(value => some.With(DrawnRules.Catalogue.Definitions[slot].Name, value)));
        }
        return all;
    }

    private static bool IsWhole(FactValue record) => record.IsKnown && record.Engagement.CompleteSince == DateTimeOffset.MinValue;

    private static IEnumerable<FactValue> Values(int slot, FactValue value)
    {
        if (DrawnRules.Acts.Contains(slot))
            return IsWhole(value) ? [value] : Records(value.IsKnown ? value.Engagement : new());
        return value.IsKnown ? [value] : slot == DrawnRules.Employees ? Sizes : Names;
    }

    private static IEnumerable<FactValue> Records(Engagement known)
    {
        var at = RuleSamples.Judged;
        var latest = known.LastAt < at ? known.LastAt.Value : at;
        if (known.CompleteSince is { } since && since.AddTicks(-1) < latest)
            latest = since.AddTicks(-1);
        var places = new[] { latest, at.AddDays(-7), at.AddDays(-20) }.Where(place => place <= latest && place >= at.AddDays(-30)).Distinct().ToArray();
        EngagementAct[] certain = known.LastAt is { } last && last <= at && known.Acts.All(act => act.At != last) ? [.. known.Acts, new(last)] : [.. known.Acts];
        var filled = Hidden.Where(counts => counts.Skip(places.Length).All(count => count == 0))
            .Select(counts => certain.Concat(places.Zip(counts).Where(more => more.Second > 0).Select(more => new EngagementAct(more.First, more.Second))).OrderBy(act => act.At).ToArray())
            .Where(acts => !(acts.Sum(act => act.Count) > known.Total)).ToList();
        return (filled.Count == 0 ? [certain] : filled).Select(RuleSamples.Acts);
    }
}
