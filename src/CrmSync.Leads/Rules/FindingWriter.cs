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

    internal static DateTimeOffset? LatestEvidence(Policy policy, LeadFacts facts, LeadContext context)
    {
        var slots = policy.Criteria.Where(c => c.Group == CriterionGroup.Interest).SelectMany(c => c.When.Slots).Distinct();
        var acts = slots.Where(slot => facts[slot] is { IsKnown: true, Type: FactType.Engagement })
            .SelectMany(slot => Instants(facts[slot].Engagement)).Where(act => act <= context.At);
        return acts.Select(act => (DateTimeOffset?)act).Max();
    }

    private static Finding Of(Criterion criterion, LeadFacts facts, in Reading reading)
    {
        if (reading.Slot < 0)
            return new(criterion.Id, criterion.Group, reading.Result, reading.Points, criterion.Points);
        var definition = facts.Catalogue.Definitions[reading.Slot];
        ref readonly var value = ref facts[reading.Slot];
        var isAct = definition.Type == FactType.Engagement;
        return new(criterion.Id, criterion.Group, reading.Result, reading.Points, criterion.Points)
        {
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

    private static IEnumerable<DateTimeOffset> Instants(Engagement engagement) =>
        engagement.Acts.Select(act => act.At).Concat(engagement.LastAt is { } last ? [last] : []);

    private static DateTimeOffset? Instant(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
