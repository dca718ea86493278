namespace CrmSync.Worker.Rules.Cases;

/// <summary>How one case went. <paramref name="Explained"/>: what the rules saw, one finding a line; empty where the case passed.</summary>
internal sealed record CaseOutcome(
    string Name, int Line, string Verdict, int Fit, int Interest, IReadOnlyList<CaseDifference> Differences, IReadOnlyList<string> Explained)
{
    public bool Passed => Differences.Count == 0;
}

/// <summary>
/// Where expectation and answer part: <paramref name="What"/> is verdict, fit, a gate, or the id of a criterion.
/// <paramref name="Saw"/>: the fact behind it, or nothing.
/// </summary>
internal sealed record CaseDifference(string What, string Expected, string Came, string Saw = "");
