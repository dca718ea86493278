using System.CommandLine;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;

namespace CrmSync.Worker.Commands.Rules;

/// <summary>The rule file that a command works on.</summary>
internal static class RulesInForce
{
    public static Argument<string?> Argument() => new("FILE") { Description = "The rule file; without it the one in the settings.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Where the file lies that was named, or the one of the settings.</summary>
    /// <exception cref="CommandFailure">There is no such file.</exception>
    public static string PathOf(ParseResult parsed, string? file)
    {
        var path = file ?? RulesLocation.Of(Opening.Configuration(parsed));
        return File.Exists(path) ? path : throw new CommandFailure(ExitCode.Usage, "usage", $"There is no file at {path}.", "Name the rule file.");
    }

    /// <summary>The rules of a file, or of the settings where none is named.</summary>
    /// <exception cref="CommandFailure">There is no such file, or it is broken: with everything that is wrong.</exception>
    public static RuleSet Load(ParseResult parsed, string? file)
    {
        var result = RuleFile.Load(PathOf(parsed, file));
        return result.RuleSet ?? throw new CommandFailure(ExitCode.Configuration, "rules", [.. result.Problems
            .Where(p => p.Severity == ProblemSeverity.Error).Select(p => new SettingProblem($"{p.File}:{p.Line}:{p.Column}", p.Message, p.Repair))]);
    }
}
