namespace CrmSync.Leads.Rules;

/// <summary>
/// Fit and interest, 0 to their caps: what is certain, and what it could be if every unknown point came in. Whole points per
/// criterion are added and then cut at the cap, so the sum people see always adds up.
/// </summary>
internal readonly record struct ScoreSheet(int Fit, int FitAtMost, int Interest, int InterestAtMost)
{
    internal static ScoreSheet Of(Policy policy, ReadOnlySpan<Reading> readings)
    {
        var criteria = policy.CriterionSpan;
        int fit = 0, interest = 0, openFit = 0, openInterest = 0;
        for (var i = 0; i < criteria.Length && i < readings.Length; i++)
        {
            // Only what is met carries points.
            var met = readings[i].Points;
            var open = (readings[i].Result == CriterionResult.Unknown ? 1 : 0) * Math.Max(0, criteria[i].Points);
            if (criteria[i].Group == CriterionGroup.Fit)
                (fit, openFit) = (fit + met, openFit + open);
            else if (criteria[i].Group == CriterionGroup.Interest)
                (interest, openInterest) = (interest + met, openInterest + open);
        }
        return new(
            Math.Clamp(fit, 0, policy.Caps.Fit), Math.Clamp(fit + openFit, 0, policy.Caps.Fit),
            Math.Clamp(interest, 0, policy.Caps.Interest), Math.Clamp(interest + openInterest, 0, policy.Caps.Interest));
    }
}
