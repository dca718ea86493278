using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Turns readings into findings that can be kept and shown.</summary>
internal static class FindingWriter
{
    internal static IReadOnlyList<Finding> Of(Policy policy, LeadFacts facts, Reading[] readings)
    {
        var findings = new Finding[readings.Length];
        for (var i = 0; i < readings.Length; i++)
            findings[i] = Of(policy.Criteria[i], facts, readings[i]);
        return findings;
    }

    internal static IReadOnlyList<string> BlockersMet(Policy policy, Reading[] readings) =>
        [.. policy.Criteria.Where((c, i) => c.Group == CriterionGroup.Blocker && readings[i].Result == CriterionResult.Met).Select(c => c.Id)];

    internal static DateTimeOffset? HandRaisedAt(Policy policy, LeadFacts facts, in LeadContext context)
    {
        long latest = 0;
        var seen = CoolOffLift.For(policy, facts, context);
        foreach (var i in policy.HandRaises)
            latest = Math.Max(latest, policy.CriterionSpan[i].When.LatestAct(met: true, facts, seen));
        return Instant(latest);
    }

    internal static DateTimeOffset? LatestEvidence(Policy policy, LeadFacts facts, LeadContext context)
    {
        DateTimeOffset? latest = null;
        void Note(DateTimeOffset? act)
        {
            if (act <= context.At && !(act <= latest))
                latest = act;
        }
        foreach (var criterion in policy.CriterionSpan)
        {
            if (criterion.Group != CriterionGroup.Interest)
                continue;
            foreach (var slot in criterion.When.Slots)
            {
                if (facts[slot] is not { IsKnown: true, Type: FactType.Engagement, Engagement: var engagement })
                    continue;
                foreach (ref readonly var act in engagement.ActSpan)
                    Note(act.At);
                Note(engagement.LastAt);
            }
        }
        return latest;
    }

    private static Finding Of(Criterion criterion, LeadFacts facts, in Reading reading)
    {
        var worth = Math.Min(criterion.Points, reading.Result == CriterionResult.Unknown && criterion.Points > 0 ? reading.Worth : criterion.Points);
        if (reading.Slot < 0)
            return new(criterion.Id, criterion.Group, reading.Result, reading.Points, criterion.Points) { Worth = worth };
        var definition = facts.Catalogue.Definitions[reading.Slot];
        ref readonly var value = ref facts[reading.Slot];
        var isAct = definition.Type == FactType.Engagement;
        return new(criterion.Id, criterion.Group, reading.Result, reading.Points, criterion.Points)
        {
            Worth = worth,
            Fact = definition.Name,
            Value = isAct ? FactValue.Unknown : value,
            Count = isAct ? reading.Count : null,
            Detail = isAct && value.IsKnown && reading.SeenTicks != 0 ? DetailAt(value.Engagement, reading.SeenTicks) : null,
            SeenAt = Instant(reading.SeenTicks),
            CountedSince = isAct ? Instant(reading.CountedSinceTicks) : null,
        };
    }

    private static string? DetailAt(Engagement engagement, long ticks)
    {
        string? detail = null;
        foreach (ref readonly var act in engagement.ActSpan)
            if (act.At.UtcTicks == ticks)
                detail = act.Detail;
        return detail;
    }

    private static DateTimeOffset? Instant(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
