using System.Runtime.CompilerServices;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Reads every criterion of a policy into a span that the caller owns.</summary>
internal static class RuleReader
{
    internal static void Read(Policy policy, LeadFacts facts, in LeadContext context, Span<Reading> readings)
    {
        if (context.CoolOff is null)
            ReadAll(policy, facts, context, readings);
        else
            ReadAll(policy, facts, CoolOffLift.For(policy, facts, context), readings);
    }

    // Apart from its caller: the loop keeps what it needs in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadAll(Policy policy, LeadFacts facts, in LeadContext context, Span<Reading> readings)
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
            if (reading.Result == CriterionResult.Unknown)
                reading.Worth = criteria[i].OpenPointsAt(facts, context, reading);
        }
    }
}
