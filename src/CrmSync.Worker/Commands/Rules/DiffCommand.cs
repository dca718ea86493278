using System.CommandLine;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules diff</c>: the leads whose verdict another rule set changes, and why.</summary>
internal static class DiffCommand
{
    private const int Shown = 20;

    public static Command Create(CommandWorld world)
    {
        var old = new Argument<string>("OLD") { Description = "The rules before." };
        var now = new Argument<string>("NEW") { Description = "The rules after." };
        var most = new Option<int>("--most") { Description = "How many leads to show.", DefaultValueFactory = _ => Shown, HelpName = "N" };
        var command = new Command("diff", "The leads whose verdict another rule file changes, and why.") { old, now, most };
        var leads = new LeadsInput(world, command, required: true);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(LeadFailures.Guard(() => Run(
            world, parsed, leads, (parsed.GetRequiredValue(old), parsed.GetRequiredValue(now)),
            Math.Max(0, parsed.GetValue(most)), cancellationToken))));
        return command;
    }

    private static int Run(CommandWorld world, ParseResult parsed, LeadsInput leads, (string Old, string New) files, int most, CancellationToken cancellationToken)
    {
        var (old, now) = (RulesInForce.Load(parsed, files.Old), RulesInForce.Load(parsed, files.New));
        var diff = new VerdictDiff(old, now, most);
        var bad = leads.Each(parsed, [old, now], row => diff.Add(
            row.Name, RuleEngine.Evaluate(old, row.Facts, new(row.At)), RuleEngine.Evaluate(now, row.Facts, new(row.At))), cancellationToken);
        var report = diff.Report();
        if (parsed.IsJson())
        {
            world.Document(new { old = Named(old), @new = Named(now), report.Leads, report.Flipped, report.Moves, report.Flips, leftOut = new { bad.Count, bad.First } });
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"Before: {Told(old, files.Old)}");
        world.Out.WriteLine($"After:  {Told(now, files.New)}");
        DiffScreen.Print(world.Out, report);
        leads.Print(bad);
        return (int)ExitCode.Done;
    }

    // Two files often have one name and version: the hash tells them apart.
    private static string Told(RuleSet rules, string file) => $"{rules.Name} v{rules.Version}, {file}, hash {rules.Hash[..12]}";

    private static object Named(RuleSet rules) => new { rules.Name, rules.Version, rules.Hash };
}
