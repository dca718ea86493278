using System.CommandLine;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Cases;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules test</c>: judges the leads of a file of cases and says which came out otherwise than agreed.</summary>
internal static class TestCommand
{
    public static Command Create(CommandWorld world)
    {
        var file = new Argument<string?>("FILE") { Description = "The rule file; without it the one in the settings.", Arity = ArgumentArity.ZeroOrOne };
        var cases = new Option<string?>("--cases") { Description = "The file of cases; without it FILE.cases.yaml beside the rules.", HelpName = "FILE" };
        var test = new Command("test", "Tests the rules with leads whose verdict is agreed.") { file, cases };
        test.SetAction(parsed => Test(world, parsed, parsed.GetValue(file), parsed.GetValue(cases)));
        return test;
    }

    private static int Test(CommandWorld world, ParseResult parsed, string? file, string? casesFile)
    {
        var path = RulesInForce.PathOf(parsed, file);
        var loaded = RuleFile.Load(path);
        var rules = loaded.RuleSet ?? throw Broken("rules", loaded.Problems);
        var casesPath = casesFile ?? CaseFile.Beside(path);
        if (!File.Exists(casesPath))
            throw new CommandFailure(ExitCode.Usage, "usage", $"There are no cases at {casesPath}.", "Name their file with --cases, or begin with those that 'crmsync init' writes.");
        var read = CaseFile.Load(casesPath, rules);
        var judge = new CaseJudge(rules);
        IReadOnlyList<CaseOutcome> outcomes = [.. (read.Cases ?? throw Broken("cases", read.Problems)).Select(judge.Judge)];
        var failed = outcomes.Count(outcome => !outcome.Passed);
        if (parsed.IsJson())
            world.Document(Report(rules, casesPath, outcomes, failed));
        else
            CaseScreen.Show(world, rules, casesPath, outcomes);
        return (int)(failed > 0 ? ExitCode.Failed : ExitCode.Done);
    }

    private static object Report(RuleSet rules, string casesPath, IReadOnlyList<CaseOutcome> outcomes, int failed) => new
    {
        ok = failed == 0,
        rules = new { rules.Name, rules.Version, rules.Hash },
        file = casesPath,
        passed = outcomes.Count - failed,
        failed,
        cases = outcomes,
    };

    // Every place at once, so that the file can be repaired in one go.
    private static CommandFailure Broken(string code, IReadOnlyList<RuleFileProblem> problems) => new(
        ExitCode.Configuration, code, [.. problems.Select(p => new SettingProblem($"{p.File}:{p.Line}:{p.Column}", p.Message, Repair(p)))]);

    private static string Repair(RuleFileProblem problem) => problem.Repair.Length > 0 ? problem.Repair : "Correct this place.";
}
