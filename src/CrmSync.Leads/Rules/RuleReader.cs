using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Reads every criterion of a policy into a span that the caller owns.</summary>
internal static class RuleReader
{
    internal static void Read(Policy policy, LeadFacts facts, in LeadContext context, Span<Reading> readings)
    {
        var criteria = policy.Criteria;
        for (var i = 0; i < criteria.Count; i++)
        {
            var reading = criteria[i].When.Read(facts, context);
            readings[i] = reading.Result == CriterionResult.Met
                ? reading with { Points = criteria[i].PointsAt(reading.SeenTicks, context.At.UtcTicks) }
                : reading;
        }
        if (context.CoolOff is { Until: not null } pause && HasNewHandRaise(criteria, readings, pause))
            LiftCoolOff(criteria, readings);
    }

    // Only a request made after the "no" speaks against it.
    private static bool HasNewHandRaise(IReadOnlyList<Criterion> criteria, ReadOnlySpan<Reading> readings, CoolOffPeriod pause)
    {
        for (var i = 0; i < readings.Length; i++)
            if (criteria[i].HandRaise && readings[i].Result == CriterionResult.Met && readings[i].SeenTicks > pause.Since.UtcTicks)
                return true;
        return false;
    }

    private static void LiftCoolOff(IReadOnlyList<Criterion> criteria, Span<Reading> readings)
    {
        for (var i = 0; i < readings.Length; i++)
            if (criteria[i].When.IsCoolOff)
                readings[i] = readings[i] with { Result = CriterionResult.NotMet, Points = 0 };
    }
}
