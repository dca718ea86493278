using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// The first later instant at which a gate answers otherwise by time alone. Windows end, points fall, a pause runs out and
/// policies change at known instants only, so trying those in order finds it exactly.
/// </summary>
internal static class NextChange
{
    internal static DateTimeOffset? After(RuleSet rules, LeadFacts facts, in LeadContext context, GateCheck now)
    {
        foreach (var instant in Candidates(rules, facts, context))
        {
            var later = context with { At = instant };
            if (GateCheck.By(rules.PolicyFor(facts, later), facts, later) != now)
                return instant;
        }
        return null;
    }

    private static SortedSet<DateTimeOffset> Candidates(RuleSet rules, LeadFacts facts, LeadContext context)
    {
        var instants = new SortedSet<DateTimeOffset>();
        foreach (var policy in rules.Policies)
            policy.When?.AddChanges(facts, context, instants);
        foreach (var criterion in rules.EveryCriterion)
        {
            criterion.When.AddChanges(facts, context, instants);
            if (criterion.HalfLifeDays is not null)
                foreach (var act in ActsOf(criterion, facts, context.At))
                    criterion.AddFades(act, instants);
        }
        instants.RemoveWhere(instant => instant <= context.At);
        return instants;
    }

    // The latest act carries the points; those still to come will take over from it.
    private static IEnumerable<DateTimeOffset> ActsOf(Criterion criterion, LeadFacts facts, DateTimeOffset at)
    {
        foreach (var slot in criterion.When.Slots)
        {
            var acts = ActsIn(facts[slot]).ToList();
            var latest = acts.Where(act => act <= at).DefaultIfEmpty(DateTimeOffset.MaxValue).Max();
            foreach (var act in acts.Where(act => act >= latest || act > at).Distinct())
                yield return act;
            // An act that is not on record can be of the last instant before it: what it could bring fades too.
            if (facts[slot] is { IsKnown: true, Type: FactType.Engagement, Engagement.CompleteSince: { } since } && since > Instants.Before(at, criterion.When.Window))
                yield return since.AddTicks(-1);
        }
    }

    private static IEnumerable<DateTimeOffset> ActsIn(FactValue value) => value switch
    {
        { IsKnown: true, Type: FactType.Instant } => [value.Instant],
        { IsKnown: true, Type: FactType.Engagement } =>
            value.Engagement.Acts.Select(act => act.At).Concat(value.Engagement.LastAt is { } last ? [last] : []),
        _ => [],
    };
}
