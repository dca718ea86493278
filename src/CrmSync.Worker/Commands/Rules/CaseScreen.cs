using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Rules.Cases;

namespace CrmSync.Worker.Commands.Rules;

/// <summary>Outcomes of cases for the terminal: a line for each, more for those that failed, a sum at the end.</summary>
internal static class CaseScreen
{
    private const int LongestText = 160;

    internal static void Show(CommandWorld world, RuleSet rules, string casesPath, IReadOnlyList<CaseOutcome> outcomes)
    {
        world.Out.WriteLine($"{rules.Name} v{rules.Version}, tested with {casesPath}");
        world.Out.WriteLine();
        foreach (var outcome in outcomes)
            if (outcome.Passed)
                world.Out.WriteLine($"  ok    {Shown(outcome.Name)}");
            else
                Failure(world, casesPath, outcome);
        world.Out.WriteLine();
        world.Out.WriteLine(Sum(outcomes));
    }

    /// <summary>"12 cases, 11 passed, 1 failed."</summary>
    internal static string Sum(IReadOnlyList<CaseOutcome> outcomes)
    {
        var passed = outcomes.Count(outcome => outcome.Passed);
        return $"{outcomes.Count} {(outcomes.Count == 1 ? "case" : "cases")}, {passed} passed, {outcomes.Count - passed} failed.";
    }

    private static string Shown(string text) => ForeignText.OneLine(text, LongestText);

    private static void Failure(CommandWorld world, string casesPath, CaseOutcome outcome)
    {
        world.Out.WriteLine($"  FAIL  {Shown(outcome.Name)}");
        world.Out.WriteLine($"        {casesPath}:{outcome.Line}");
        foreach (var difference in outcome.Differences)
        {
            world.Out.WriteLine($"        {difference.What}: expected {difference.Expected}, came {difference.Came}{(difference.Saw.Length > 0 ? $" ({Shown(difference.Saw)})" : "")}");
        }
        world.Out.WriteLine("        What the rules saw:");
        foreach (var line in outcome.Explained)
            world.Out.WriteLine($"          {line}");
    }
}
