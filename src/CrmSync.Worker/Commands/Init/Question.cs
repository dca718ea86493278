using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands.Init;

/// <summary>
/// One thing that <c>init</c> must know. <paramref name="Option"/> answers it on the command line and <paramref name="Key"/> in
/// a file of answers.
/// </summary>
internal sealed record Question(
    string Option, string Key, string Asks, Func<FirstAnswers, string> Default, Func<FirstAnswers, string, Taken> Take)
{
    /// <summary>The words to choose from, with what each means; empty for a question that is answered freely.</summary>
    public IReadOnlyList<(string Word, string Meaning)> Choices { get; init; } = [];

    /// <summary>What stands for a free answer in the help.</summary>
    public string Form { get; init; } = "LIST";

    /// <summary>How a free answer is written.</summary>
    public string Hint { get; init; } = "";
}

/// <summary>The answers with one more, or null with what is wrong and what to write instead.</summary>
internal sealed record Taken(FirstAnswers? Answers, string Problem = "", string Repair = "");
