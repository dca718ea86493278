namespace CrmSync.Leads.Rules;

/// <summary>
/// Fit and interest, 0 to their caps: what is certain, and what it could be if the unknown points came in. Whole points per
/// criterion are added and then cut at the cap, so the sum people see always adds up.
/// </summary>
internal readonly record struct ScoreSheet(int Fit, int FitAtMost, int Interest, int InterestAtMost)
{
    internal static ScoreSheet Of(Policy policy, ReadOnlySpan<Reading> readings)
    {
        var criteria = policy.CriterionSpan;
        var places = policy.Open.Places;
        var chosen = 0UL;
        int fit = 0, interest = 0, openFit = 0, openInterest = 0;
        for (var i = 0; i < criteria.Length && i < readings.Length && i < places.Length; i++)
        {
            // Only what is met carries points.
            var met = readings[i].Points;
            var unknown = readings[i].Result == CriterionResult.Unknown ? 1 : 0;
            var open = unknown * Math.Min(places[i].Alone, readings[i].Worth);
            chosen |= (ulong)unknown * places[i].Bit;
            if (criteria[i].Group == CriterionGroup.Fit)
                (fit, openFit) = (fit + met, openFit + open);
            else if (criteria[i].Group == CriterionGroup.Interest)
                (interest, openInterest) = (interest + met, openInterest + open);
        }
        foreach (var table in policy.Open.FitTables)
            openFit += table.Most(chosen);
        foreach (var table in policy.Open.InterestTables)
            openInterest += table.Most(chosen);
        return new(
            Math.Clamp(fit, 0, policy.Caps.Fit), Math.Clamp(fit + openFit, 0, policy.Caps.Fit),
            Math.Clamp(interest, 0, policy.Caps.Interest), Math.Clamp(interest + openInterest, 0, policy.Caps.Interest));
    }
}
