namespace CrmSync.Worker.Rules.Review;

/// <summary>Gathers what a review finds. One place is told once, by what was found first.</summary>
internal sealed class ReviewNotes(string file)
{
    private readonly ProblemList _problems = new(file);
    private readonly HashSet<(int, int)> _told = [];

    internal IReadOnlyList<RuleFileProblem> Sorted => _problems.Sorted;

    internal void Error(YamlNode at, string message, string repair = "")
    {
        if (_told.Add((at.Line, at.Column)))
            _problems.Error(at, message, repair);
    }

    internal void Warn(YamlNode at, string message, string repair = "")
    {
        if (_told.Add((at.Line, at.Column)))
            _problems.Warn(at, message, repair);
    }

    internal void Note(YamlNode at, string message, string repair = "")
    {
        if (_told.Add((at.Line, at.Column)))
            _problems.Note(at, message, repair);
    }
}
