using System.CommandLine;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules backtest</c>: judges a CSV of leads, and says how well the rules foretold what became of them.</summary>
internal static class BacktestCommand
{
    public static Command Create(CommandWorld world)
    {
        var file = RulesInForce.Argument();
        var outcome = new Option<string?>("--outcome") { Description = "The column that says which leads were won.", HelpName = "COLUMN" };
        var command = new Command("backtest", "Judges a CSV of leads: how many pass, and how well that foretold the won ones.") { file, outcome };
        var leads = new LeadsInput(world, command, required: true);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(LeadFailures.Guard(() =>
            Run(world, parsed, leads, RulesInForce.Load(parsed, parsed.GetValue(file)), parsed.GetValue(outcome), cancellationToken))));
        return command;
    }

    private static int Run(CommandWorld world, ParseResult parsed, LeadsInput leads, RuleSet rules, string? outcome, CancellationToken cancellationToken)
    {
        var tally = new BacktestTally();
        var bad = leads.Each(parsed, [rules], row => Judge(rules, row, tally), cancellationToken, outcome);
        var report = tally.Report();
        if (parsed.IsJson())
        {
            world.Document(new { rules = new { rules.Name, rules.Version, rules.Hash }, report, leftOut = new { bad.Count, bad.First } });
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"{rules.Name} v{rules.Version}: {TextTable.Count(report.Leads, "lead")} judged.");
        world.Out.WriteLine();
        BacktestScreen.Print(world.Out, report);
        leads.Print(bad);
        return (int)ExitCode.Done;
    }

    private static void Judge(RuleSet rules, LeadRow row, BacktestTally tally)
    {
        var evaluation = RuleEngine.Evaluate(rules, row.Facts, new(row.At));
        var qualified = evaluation.Offer == GateResult.Pass
            ? RuleEngine.Evaluate(rules, row.Facts, new(row.At, Accepted: true)).SalesQualified
            : GateResult.NoPass;
        tally.Add(evaluation, qualified, row.Won);
    }
}
