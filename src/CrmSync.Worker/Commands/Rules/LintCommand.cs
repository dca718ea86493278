using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules lint</c>: everything that is wrong with a rule file, with line and column.</summary>
internal static class LintCommand
{
    public static Command Create(CommandWorld world)
    {
        var file = new Argument<string?>("FILE") { Description = "The rule file; without it the one in the settings.", Arity = ArgumentArity.ZeroOrOne };
        var lint = new Command("lint", "Checks a rule file.") { file };
        lint.SetAction(parsed => Lint(world, parsed, parsed.GetValue(file)));
        return lint;
    }

    private static int Lint(CommandWorld world, ParseResult parsed, string? file)
    {
        var path = file ?? SettingsReader.RulesPath(Opening.Configuration(parsed)["Rules"] ?? "sal-rules.yaml");
        if (!File.Exists(path))
            throw new CommandFailure(ExitCode.Usage, "usage", $"There is no file at {path}.", "Name the rule file.");
        var result = RuleFile.Load(path);
        if (parsed.IsJson())
        {
            world.Document(new
            {
                ok = result.RuleSet is not null,
                name = result.RuleSet?.Name,
                version = result.RuleSet?.Version,
                hash = result.RuleSet?.Hash,
                problems = result.Problems,
            });
        }
        else
        {
            foreach (var problem in result.Problems)
                world.Out.WriteLine($"{problem.File}:{problem.Line}:{problem.Column}: {problem.Message}{(problem.Repair is { Length: > 0 } repair ? $" {repair}" : "")}");
            if (result.RuleSet is { } rules)
                world.Out.WriteLine($"{rules.Name} v{rules.Version}: {rules.Criteria.Count} criteria, hash {rules.Hash[..12]}.");
        }
        return (int)(result.RuleSet is null ? ExitCode.Failed : ExitCode.Done);
    }
}
