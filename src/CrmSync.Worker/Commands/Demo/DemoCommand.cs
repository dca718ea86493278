using System.CommandLine;
using System.Globalization;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands.Demo;

/// <summary><c>demo</c>: the whole loop with no account and no set-up.</summary>
internal static class DemoCommand
{
    private static readonly string[] Known = ["hubspot", "salesforce", "pipedrive"];

    public static Command Create(CommandWorld world)
    {
        var leads = new Option<int>("--leads") { Description = "How many people.", HelpName = "N", DefaultValueFactory = _ => 120 };
        var crm = new Option<string>("--crm") { Description = $"Which CRMs, by comma: {string.Join(", ", Known)}.", HelpName = "LIST", DefaultValueFactory = _ => string.Join(',', Known) };
        var seed = new Option<int>("--seed") { Description = "The same seed tells the same story.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var start = new Option<string>("--start") { Description = "The demo's first instant.", HelpName = "INSTANT", DefaultValueFactory = _ => "2026-01-05T07:00:00Z" };
        var noWebhooks = new Option<bool>("--no-webhooks") { Description = "Polling alone: it ends in the same place." };
        var once = new Option<bool>("--once") { Description = "Play until all is settled, print a summary, exit." };
        var command = new Command("demo", "Plays marketing, sales and buyers around sandbox CRMs and a real worker, in simulated time.")
        {
            leads, crm, seed, start, noWebhooks, once,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            world, parsed, Options(parsed, parsed.GetValue(leads), parsed.GetValue(seed), parsed.GetValue(crm)!, parsed.GetValue(start)!, !parsed.GetValue(noWebhooks)),
            parsed.GetValue(once), cancellationToken));
        return command;
    }

    private static DemoOptions Options(ParseResult parsed, int leads, int seed, string crms, string start, bool webhooks)
    {
        var problems = new List<SettingProblem>();
        string[] names = [.. crms.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (names.Length == 0 || names.Except(Known).Any())
            problems.Add(new("--crm", $"'{crms}' names a CRM that the demo does not play.", $"Use {string.Join(", ", Known)}."));
        if (leads is < 1 or > 100_000)
            problems.Add(new("--leads", $"{leads} is out of range.", "Use 1 to 100000."));
        if (!DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            problems.Add(new("--start", $"'{start}' is no instant.", "Write it like 2026-01-05T07:00:00Z."));
        if (problems.Count > 0)
            throw new CommandFailure(ExitCode.Usage, "usage", problems);
        return new()
        {
            Leads = leads,
            Seed = seed,
            Crms = names,
            Start = at,
            Webhooks = webhooks,
            DataDirectory = DemoDirectory.Prepare(parsed.GetValue(CommonOptions.Data)),
            RulesFile = RulesLocation.Of(Opening.Configuration(parsed)),
        };
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, DemoOptions options, bool once, CancellationToken cancellationToken)
    {
        using var logs = Opening.Logs(world, parsed);
        await using var run = await DemoRun.StartAsync(options, world, logs, cancellationToken);
        var progress = new DemoProgress(world, options, isQuiet: parsed.IsJson());
        var settled = await run.PlayAsync(progress.At, cancellationToken);
        progress.End();
        var summary = await DemoSummary.OfAsync(run, options, cancellationToken);
        if (parsed.IsJson())
            world.Document(summary.ToDocument());
        else
            DemoScreen.Print(world, run, options, summary, settled);
        if (!settled)
            throw new CommandFailure(ExitCode.Failed, "not-settled", $"The demo did not settle within {DemoOptions.Horizon.Days} days of its time.", "Run it again with --data and look at the store.");
        if (!once)
            await StayAsync(world, run, options, cancellationToken);
        return (int)(summary.Verdict.IsWhole ? ExitCode.Done : ExitCode.DataDamaged);
    }

    /// <summary>Keeps the CRMs up so that one can look around, until Ctrl-C.</summary>
    private static async Task StayAsync(CommandWorld world, DemoRun run, DemoOptions options, CancellationToken cancellationToken)
    {
        world.Error.WriteLine($"The sandbox stays up at {run.Sandbox.Host.ControlUrl} (state at {run.Sandbox.Host.ControlUrl}state/{options.Crms[0]}). Ctrl-C ends it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, world.Clock, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
