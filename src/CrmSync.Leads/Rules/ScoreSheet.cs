namespace CrmSync.Leads.Rules;

/// <summary>
/// Fit and interest, 0 to 100: what is certain, and what it could be if every unknown point came in. Whole points per
/// criterion are added, so the sum people see always adds up.
/// </summary>
internal readonly record struct ScoreSheet(int Fit, int FitAtMost, int Interest, int InterestAtMost)
{
    private const int Cap = 100;

    internal static ScoreSheet Of(IReadOnlyList<Criterion> criteria, ReadOnlySpan<Reading> readings)
    {
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
        return new(Capped(fit), Capped(fit + openFit), Capped(interest), Capped(interest + openInterest));
    }

    private static int Capped(int score) => Math.Clamp(score, 0, Cap);
}
