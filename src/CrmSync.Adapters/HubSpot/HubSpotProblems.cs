namespace CrmSync.Adapters.HubSpot;

/// <summary>What a check has found so far; a failure that many calls share is told once.</summary>
internal sealed class HubSpotProblems(string connection)
{
    private readonly List<CrmProblem> _found = [];

    public IReadOnlyList<CrmProblem> Found => _found;

    public void Report(CrmException e, ProblemReach reach)
    {
        var (code, setting) = e.Failure switch
        {
            CrmFailure.Unauthorised => ("credentials-refused", "Token"),
            CrmFailure.Refused when HubSpotErrors.ScopesOf(HubSpotErrors.Of(e)).Count > 0 => ("scope-missing", "Token"),
            CrmFailure.Refused when e.Message.Contains("grant is for account", StringComparison.Ordinal) => ("account-differs", "AccountId"),
            CrmFailure.Refused => ("refused", "Token"),
            CrmFailure.RateLimited => ("rate-limited", "QuotaShare"),
            _ => ("unreachable", "BaseUrl"),
        };
        if (!_found.Exists(p => p.Code == code && p.Repair == (e.Repair ?? "Try again later.")))
            Add(code, reach, setting, e.Message, e.Repair ?? "Try again later.");
    }

    public void Add(string code, ProblemReach reach, string setting, string problem, string repair) =>
        _found.Add(new(code, reach, $"Connections:{connection}:{setting}", problem, repair));

    public void Add(IEnumerable<CrmProblem> problems) => _found.AddRange(problems);
}
