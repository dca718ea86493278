namespace CrmSync.Adapters;

/// <summary>What a check of one connection has found so far; a failure that many calls share is told once.</summary>
internal sealed class ProblemList(string connection)
{
    private readonly List<CrmProblem> _found = [];

    public IReadOnlyList<CrmProblem> Found => _found;

    /// <summary>A call that failed. <paramref name="refusal"/>: code and setting of a refusal that the vendor's folder knows more of.</summary>
    public void Report(CrmException e, ProblemReach reach, (string Code, string Setting)? refusal = null)
    {
        var (code, setting) = e.Failure switch
        {
            CrmFailure.Unauthorised => ("credentials-refused", "Token"),
            CrmFailure.Refused => refusal ?? ("refused", "Token"),
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
