using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Reports;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules coverage</c>: for how many leads each criterion can decide at all, in a CSV or in the connected CRMs.</summary>
internal static class CoverageCommand
{
    private const int Sample = 1000;

    public static Command Create(CommandWorld world)
    {
        var file = RulesInForce.Argument();
        var most = new Option<int>("--most") { Description = "How many leads to read from each connection.", DefaultValueFactory = _ => Sample, HelpName = "N" };
        var command = new Command("coverage", "For how many leads each criterion can decide, and which facts are empty.") { file, most };
        var leads = new LeadsInput(world, command, required: false);
        command.SetAction((parsed, cancellationToken) =>
        {
            var rules = RulesInForce.Load(parsed, parsed.GetValue(file));
            return leads.IsGiven(parsed)
                ? Task.FromResult(LeadFailures.Guard(() => OfFile(world, parsed, leads, rules, cancellationToken)))
                : OfConnectionsAsync(world, parsed, rules, Math.Max(1, parsed.GetValue(most)), cancellationToken);
        });
        return command;
    }

    private static int OfFile(CommandWorld world, ParseResult parsed, LeadsInput leads, RuleSet rules, CancellationToken cancellationToken)
    {
        var tally = new CoverageTally(rules);
        var bad = leads.Each(parsed, [rules], row => tally.Add(row.Facts, RuleEngine.Evaluate(rules, row.Facts, new(row.At))), cancellationToken);
        var report = tally.Report();
        if (parsed.IsJson())
        {
            world.Document(new { rules = Named(rules), report.Leads, report.Criteria, report.Facts, leftOut = new { bad.Count, bad.First } });
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"{rules.Name} v{rules.Version}: {TextTable.Count(report.Leads)} leads.");
        CoverageScreen.Print(world.Out, report);
        leads.Print(bad);
        return (int)ExitCode.Done;
    }

    private static async Task<int> OfConnectionsAsync(CommandWorld world, ParseResult parsed, RuleSet rules, int most, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        if (settings.Connections.Count == 0)
            throw new CommandFailure(ExitCode.Configuration, "no-connections", "No CRM is connected.", "Connect one as the README shows, or name a file with --leads and --mapping.");
        settings = settings with { Connections = [.. settings.Connections.Select(c => c with { Crm = CustomFacts.Map(c.Crm, rules) })] };
        await using var crms = Opening.Crms(world, parsed, settings);
        var reports = new List<(string Connection, CoverageReport Report)>();
        foreach (var (connection, adapter) in crms.Adapters)
            reports.Add((connection.Crm.Name, await ReadAsync(world, adapter, rules, most, cancellationToken)));
        if (parsed.IsJson())
        {
            world.Document(new { rules = Named(rules), connections = reports.ToDictionary(r => r.Connection, r => r.Report) });
            return (int)ExitCode.Done;
        }
        foreach (var (connection, report) in reports)
        {
            world.Out.WriteLine($"{connection}: {rules.Name} v{rules.Version}, the first {TextTable.Count(report.Leads)} leads of the CRM's own list.");
            CoverageScreen.Print(world.Out, report);
        }
        return (int)ExitCode.Done;
    }

    private static async Task<CoverageReport> ReadAsync(CommandWorld world, ICrmAdapter adapter, RuleSet rules, int most, CancellationToken cancellationToken)
    {
        var tally = new CoverageTally(rules);
        var now = world.Clock.GetUtcNow();
        try
        {
            await foreach (var facts in LeadSample.ReadAsync(adapter, rules.Catalogue, most, world.Error, cancellationToken))
                tally.Add(facts, RuleEngine.Evaluate(rules, facts, new(now)));
        }
        catch (CrmException failure)
        {
            var (exit, code) = failure.Failure == CrmFailure.Unauthorised ? (ExitCode.Refused, "credentials-refused") : (ExitCode.Unavailable, "unreachable");
            throw new CommandFailure(exit, code, [new SettingProblem($"Connections:{adapter.Connection}", failure.Message, failure.Repair ?? "Try again later, or 'crmsync check'.")]);
        }
        return tally.Report();
    }

    private static object Named(RuleSet rules) => new { rules.Name, rules.Version, rules.Hash };
}
