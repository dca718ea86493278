namespace CrmSync.Adapters.HubSpot;

/// <summary>Tells a failed call of a check: HubSpot names the scopes that are missing.</summary>
internal static class HubSpotProblems
{
    public static void Report(ProblemList problems, CrmException e, ProblemReach reach) =>
        problems.Report(e, reach, RefusalOf(e));

    private static (string Code, string Setting)? RefusalOf(CrmException e) =>
        HubSpotErrors.ScopesOf(HubSpotErrors.Of(e)).Count > 0 ? ("scope-missing", "Token")
        : e.Message.Contains("grant is for account", StringComparison.Ordinal) ? ("account-differs", "AccountId")
        : null;
}
