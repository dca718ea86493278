using System.Runtime.CompilerServices;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Reads every criterion of a policy into a span that the caller owns.</summary>
internal static class RuleReader
{
    // Apart from its caller: the loop keeps what it needs in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Read(Policy policy, LeadFacts facts, in LeadContext context, Span<Reading> readings)
    {
        var criteria = policy.CriterionSpan;
        var at = context.At.UtcTicks;
        readings = readings[..criteria.Length];
        for (var i = 0; i < criteria.Length; i++)
            criteria[i].When.Read(facts, context, out readings[i]);
        for (var i = 0; i < criteria.Length; i++)
        {
            ref var reading = ref readings[i];
            // No branch: which answer a lead gives, no processor can foresee, and a wrong guess costs more than the work.
            reading.Points = (reading.Result == CriterionResult.Met ? 1 : 0) * criteria[i].PointsAt(reading.SeenTicks, at);
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
