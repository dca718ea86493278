namespace CrmSync.Worker.Rules.Review;

/// <summary>The places of a file at which reading it found errors.</summary>
internal sealed class BrokenPlaces(IEnumerable<RuleFileProblem> problems)
{
    private readonly HashSet<(int Line, int Column)> _places =
        [.. problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => (problem.Line, problem.Column))];

    /// <summary>Whether one of them lies at or under a node.</summary>
    internal bool Within(YamlNode? node) => _places.Count > 0 && node is not null && (_places.Contains((node.Line, node.Column)) || node switch
    {
        YamlMap map => map.Entries.Any(entry => Within(entry.Key) || Within(entry.Value)),
        YamlList list => list.Items.Any(Within),
        _ => false,
    });
}
