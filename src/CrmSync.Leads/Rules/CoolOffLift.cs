using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>A request made after the "no" lifts the pause, for everything that its policy reads: each criterion, and the policy's own condition.</summary>
internal static class CoolOffLift
{
    /// <summary>The context as a policy sees it: without a pause that one of its own requests lifts.</summary>
    internal static LeadContext For(Policy policy, LeadFacts facts, in LeadContext context)
    {
        if (context.CoolOff is not { Until: not null } pause)
            return context;
        // Read as if it were lifted: a request that waits for the end of the pause would otherwise wait for itself.
        var lifted = Without(context);
        foreach (var i in policy.HandRaises)
            if (policy.CriterionSpan[i].When.LatestAct(met: true, facts, lifted) > pause.Since.UtcTicks)
                return lifted;
        return context;
    }

    /// <summary>Whether a policy judges a lead, as far as its own condition says.</summary>
    internal static CriterionResult Claims(Policy policy, LeadFacts facts, in LeadContext context)
    {
        if (policy.When is not { } when)
            return CriterionResult.Met;
        return context.CoolOff is null ? when.Read(facts, context).Result : when.Read(facts, For(policy, facts, context)).Result;
    }

    /// <summary>The context once a request has come: a pause without an end stays.</summary>
    internal static LeadContext Without(in LeadContext context) => context.CoolOff is { Until: not null } ? context with { CoolOff = null } : context;
}
