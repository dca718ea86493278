using System.Text;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules.Cases;
using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands.Init;

/// <summary>Where the first rules and their cases go, in full: a relative name counts from the working folder.</summary>
internal sealed class FirstFiles(string rules)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    internal string Rules { get; } = Path.GetFullPath(rules);

    internal string Cases { get; } = CaseFile.Beside(Path.GetFullPath(rules));

    /// <exception cref="CommandFailure">A file is there already.</exception>
    internal void Refuse()
    {
        var there = new[] { Rules, Cases }.Where(Path.Exists)
            .Select(path => new SettingProblem(path, "This file exists already.", "Write elsewhere with --output, or overwrite it with --force.")).ToList();
        if (there.Count > 0)
            throw new CommandFailure(ExitCode.Usage, "exists", there);
    }

    /// <exception cref="CommandFailure">A file cannot be written.</exception>
    internal void Write(FirstRules first)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(Rules)) is { } directory)
                Directory.CreateDirectory(directory);
            // The cases first: rules without cases would look finished.
            Replace(Cases, first.CasesText);
            Replace(Rules, first.RulesText);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.InputOutput, "init", failure.Message, "Name a place that can be written with --output, such as sal-rules.yaml in the data directory.");
        }
    }

    // A worker that watches the file must never see half of it.
    private static void Replace(string path, string text)
    {
        var beside = $"{path}.new";
        File.WriteAllText(beside, text, Utf8);
        File.Move(beside, path, overwrite: true);
    }
}
