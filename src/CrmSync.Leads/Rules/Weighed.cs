namespace CrmSync.Leads.Rules;

/// <summary>The verdict, the scores (0 to 100) and one finding for every criterion, in file order.</summary>
public readonly record struct Weighed(Verdict Verdict, int FitScore, int InterestScore, IReadOnlyList<Finding> Findings);
