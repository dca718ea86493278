using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Rules;

/// <summary>
/// Gathers everything that is wrong in one file, so that it can be repaired in one go. <paramref name="endless"/> false:
/// reading ends with <see cref="TooWrongException"/> at the 200th error, so that no file takes long to refuse.
/// </summary>
internal sealed class ProblemList(string file, bool endless = true)
{
    // A file this wrong is another file; what follows would help nobody.
    private const int Enough = 200;

    // Messages quote the file, and whoever wrote that may have meant the reader's terminal.
    private const int LongestMessage = 400;
    private readonly List<RuleFileProblem> _problems = [];

    internal bool HasErrors { get; private set; }

    internal IReadOnlyList<RuleFileProblem> Sorted => [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    internal void Error(YamlNode at, string message, string repair = "") => Error(at.Line, at.Column, message, repair);

    internal void Error(int line, int column, string message, string repair = "")
    {
        HasErrors = true;
        Add(line, column, message, repair, ProblemSeverity.Error);
        if (!endless && _problems.Count == Enough)
            throw new TooWrongException();
    }

    internal void Warn(YamlNode at, string message, string repair = "") =>
        Add(at.Line, at.Column, message, repair, ProblemSeverity.Warning);

    internal void Note(YamlNode at, string message, string repair = "") =>
        Add(at.Line, at.Column, message, repair, ProblemSeverity.Note);

    private void Add(int line, int column, string message, string repair, ProblemSeverity severity)
    {
        if (_problems.Count < Enough)
            _problems.Add(new(file, Math.Max(1, line), Math.Max(1, column),
                ForeignText.OneLine(message, LongestMessage), ForeignText.OneLine(repair, LongestMessage), severity));
    }
}

/// <summary>Ends the reading of a file with more errors than anybody would read.</summary>
internal sealed class TooWrongException : Exception;
