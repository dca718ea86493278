using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands.Init;

/// <summary>Goes through the questions: takes what was given, asks for the rest or takes what is proposed.</summary>
internal sealed class Questionnaire(CommandWorld world, TextWriter screen, IReadOnlyDictionary<string, GivenAnswer> given)
{
    // Of a narrow terminal, without the margin.
    private const int Width = 72;
    private bool _greeted;

    /// <summary>All answers. <paramref name="takeDefaults"/>: nobody is asked.</summary>
    /// <exception cref="CommandFailure">An answer is wrong, or one is missing and nobody can be asked.</exception>
    internal async Task<FirstAnswers> FillAsync(bool takeDefaults, CancellationToken cancellationToken)
    {
        var answers = FirstAnswers.Of(Sample.Open(Sample.All[0].Name));
        var (wrong, missing) = (new List<SettingProblem>(), new List<Question>());
        foreach (var question in SixQuestions.All)
            if (given.TryGetValue(question.Key, out var answer))
                answers = Take(question, answers, answer, wrong);
            else if (!takeDefaults && !world.IsInteractive)
                missing.Add(question);
        wrong.AddRange(missing.Select(question => new SettingProblem(question.Option, $"{question.Asks} Nobody can be asked here.", $"Answer with {question.Option} {Proposed(question, answers)}, or take what is proposed with --yes.")));
        if (wrong.Count > 0)
            throw Failure(wrong);
        if (takeDefaults)
            return answers;
        for (var i = 0; i < SixQuestions.All.Count; i++)
            if (!given.ContainsKey(SixQuestions.All[i].Key))
                answers = Again(await AskAsync(i, answers, cancellationToken), i);
        return answers;
    }

    // A sample chosen at the terminal renews every proposal, so what was given for later questions is taken once more.
    private FirstAnswers Again(FirstAnswers answers, int asked)
    {
        var wrong = new List<SettingProblem>();
        if (asked == 0)
            foreach (var question in SixQuestions.All.Skip(1))
                if (given.TryGetValue(question.Key, out var answer))
                    answers = Take(question, answers, answer, wrong);
        return wrong.Count == 0 ? answers : throw Failure(wrong);
    }

    // Wrong in the file alone is a wrong file; anything else is a wrong call.
    private CommandFailure Failure(List<SettingProblem> wrong)
    {
        var inFile = given.Values.Where(answer => answer.InFile).Select(answer => answer.Where).ToHashSet(StringComparer.Ordinal);
        return wrong.TrueForAll(problem => inFile.Contains(problem.Setting))
            ? new(ExitCode.Configuration, "answers", wrong)
            : new(ExitCode.Usage, "usage", wrong);
    }

    private static FirstAnswers Take(Question question, FirstAnswers answers, GivenAnswer answer, List<SettingProblem> wrong)
    {
        var taken = question.Take(answers, answer.Text.Trim());
        if (taken.Answers is null)
            wrong.Add(new(answer.Where, taken.Problem, taken.Repair));
        return taken.Answers ?? answers;
    }

    private async Task<FirstAnswers> AskAsync(int index, FirstAnswers answers, CancellationToken cancellationToken)
    {
        Show(index);
        var question = SixQuestions.All[index];
        var proposed = question.Default(answers);
        while (true)
        {
            await screen.WriteAsync($"        [{proposed}] > ");
            await screen.FlushAsync(cancellationToken);
            // A terminal cannot be asked to stop reading; whoever presses Ctrl-C need not press Enter too.
            if (await Task.Run(world.In.ReadLine, cancellationToken).WaitAsync(cancellationToken) is not { } line)
                throw new CommandFailure(ExitCode.Usage, "usage", "The answers ended before the questions did; nothing is written.", "Begin again, or take what is proposed with --yes.");
            var taken = question.Take(answers, line.Trim() is { Length: > 0 } text ? text : proposed);
            if (taken.Answers is { } next)
                return next;
            foreach (var said in TextTable.Lines($"{taken.Problem} {taken.Repair}", Width))
                await screen.WriteLineAsync($"        {said}");
        }
    }

    private void Show(int index)
    {
        if (!_greeted)
            screen.WriteLine("A few questions, and your first rules are written. Enter takes the answer in brackets.");
        _greeted = true;
        var question = SixQuestions.All[index];
        screen.WriteLine();
        screen.WriteLine($"{index + 1} of {SixQuestions.All.Count}  {question.Asks}{(question.Hint.Length > 0 ? $" {question.Hint}" : "")}");
        var width = question.Choices.Select(choice => choice.Word.Length).DefaultIfEmpty().Max();
        for (var i = 0; i < question.Choices.Count; i++)
            screen.WriteLine($"        {i + 1}  {question.Choices[i].Word.PadRight(width)}  {question.Choices[i].Meaning}");
    }

    private static string Proposed(Question question, FirstAnswers answers)
    {
        var proposed = question.Default(answers);
        return proposed.Contains(' ', StringComparison.Ordinal) ? $"\"{proposed}\"" : proposed;
    }
}
