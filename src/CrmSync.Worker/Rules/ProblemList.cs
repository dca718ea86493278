namespace CrmSync.Worker.Rules;

/// <summary>Gathers everything that is wrong in one file, so that it can be repaired in one go.</summary>
internal sealed class ProblemList(string file)
{
    // A file this wrong is another file; what follows would help nobody.
    private const int Enough = 200;
    private readonly List<RuleFileProblem> _problems = [];

    internal bool HasErrors { get; private set; }

    internal IReadOnlyList<RuleFileProblem> Sorted => [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    internal void Error(YamlNode at, string message, string repair = "") => Error(at.Line, at.Column, message, repair);

    internal void Error(int line, int column, string message, string repair = "")
    {
        HasErrors = true;
        Add(line, column, message, repair, ProblemSeverity.Error);
    }

    internal void Warn(YamlNode at, string message, string repair = "") =>
        Add(at.Line, at.Column, message, repair, ProblemSeverity.Warning);

    private void Add(int line, int column, string message, string repair, ProblemSeverity severity)
    {
        if (_problems.Count < Enough)
            _problems.Add(new(file, line, column, message, repair, severity));
    }
}
