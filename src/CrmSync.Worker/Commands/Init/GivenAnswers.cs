using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;

namespace CrmSync.Worker.Commands.Init;

/// <summary>An answer given beforehand. <paramref name="Where"/>: the option, or the place in the file of answers.</summary>
internal sealed record GivenAnswer(string Text, string Where, bool InFile = false);

/// <summary>What was answered before anybody was asked: by an option, or in a file of answers; the option goes first.</summary>
internal static class GivenAnswers
{
    /// <exception cref="CommandFailure">The file cannot be read, or is no map of answers.</exception>
    internal static IReadOnlyDictionary<string, GivenAnswer> Read(ParseResult parsed, IReadOnlyDictionary<string, Option<string?>> options, string? file)
    {
        var given = file is null ? new Dictionary<string, GivenAnswer>(StringComparer.Ordinal) : InFile(file);
        foreach (var (key, option) in options)
            if (parsed.GetValue(option) is { } text)
                given[key] = new(text, option.Name);
        return given;
    }

    private static Dictionary<string, GivenAnswer> InFile(string path)
    {
        var given = new Dictionary<string, GivenAnswer>(StringComparer.Ordinal);
        var problems = new ProblemList(path);
        if (YamlTree.Read(Text(path), problems) is YamlMap map)
        {
            var reader = new MapReader(map, problems, "A file of answers", [.. SixQuestions.All.Select(question => question.Key)]);
            foreach (var question in SixQuestions.All.Where(question => reader.Has(question.Key)))
                given[question.Key] = new(
                    string.Join(", ", reader.Texts(question.Key).Select(text => text.Value)),
                    $"{path}:{reader.Find(question.Key)!.Line}:{reader.Find(question.Key)!.Column}",
                    InFile: true);
        }
        else if (!problems.HasErrors)
        {
            problems.Error(1, 1, "A file of answers must be a map.", "Write sample: saas, one answer a line.");
        }
        return problems.HasErrors
            ? throw new CommandFailure(ExitCode.Configuration, "answers", [.. problems.Sorted.Select(p => new SettingProblem($"{p.File}:{p.Line}:{p.Column}", p.Message, p.Repair))])
            : given;
    }

    private static string Text(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= RuleFile.MaxBytes
                ? File.ReadAllText(path)
                : throw new CommandFailure(ExitCode.Usage, "usage", file.Exists ? $"{path} is larger than 1 MB." : $"There is no file at {path}.", "Name a file with answers.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.InputOutput, "answers", failure.Message, "Check the file's rights.");
        }
    }
}
