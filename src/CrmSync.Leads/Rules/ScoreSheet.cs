namespace CrmSync.Leads.Rules;

/// <summary>
/// Fit and interest, 0 to their caps: what is certain, and what it could be if every unknown point came in. Whole points per
/// criterion are added and then cut at the cap, so the sum people see always adds up.
/// </summary>
internal readonly record struct ScoreSheet(int Fit, int FitAtMost, int Interest, int InterestAtMost)
{
    internal static ScoreSheet Of(Policy policy, ReadOnlySpan<Reading> readings)
    {
        var criteria = policy.Criteria;
        int fit = 0, interest = 0, openFit = 0, openInterest = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            var met = readings[i].Result == CriterionResult.Met ? readings[i].Points : 0;
            var open = readings[i].Result == CriterionResult.Unknown ? Math.Max(0, criteria[i].Points) : 0;
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
