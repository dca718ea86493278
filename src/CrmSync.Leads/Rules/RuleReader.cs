using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Reads every criterion of a rule set into a span that the caller owns.</summary>
internal static class RuleReader
{
    internal static void Read(RuleSet rules, LeadFacts facts, in LeadContext context, Span<Reading> readings)
    {
        var criteria = rules.CriterionSpan;
        var at = context.At.UtcTicks;
        for (var i = 0; i < criteria.Length; i++)
        {
            readings[i] = criteria[i].When.Read(facts, context);
            if (readings[i].Result == CriterionResult.Met)
                readings[i] = readings[i] with { Points = criteria[i].PointsAt(readings[i].SeenTicks, at) };
        }
        if (context.CoolOff is { Until: not null } pause && HasNewHandRaise(criteria, readings, pause))
            LiftCoolOff(criteria, readings);
    }

    // Only a request made after the "no" speaks against it.
    private static bool HasNewHandRaise(ReadOnlySpan<Criterion> criteria, ReadOnlySpan<Reading> readings, CoolOffPeriod pause)
    {
        for (var i = 0; i < readings.Length; i++)
            if (criteria[i].HandRaise && readings[i].Result == CriterionResult.Met && readings[i].SeenTicks > pause.Since.UtcTicks)
                return true;
        return false;
    }

    private static void LiftCoolOff(ReadOnlySpan<Criterion> criteria, Span<Reading> readings)
    {
        for (var i = 0; i < readings.Length; i++)
            if (criteria[i].When.IsCoolOff)
                readings[i] = readings[i] with { Result = CriterionResult.NotMet, Points = 0 };
    }
}
