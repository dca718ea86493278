using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Worker.Commands;

/// <summary><c>setup</c>: creates the fields, options and lists in the CRM, or says which it would.</summary>
internal static class SetupCommand
{
    /// <summary>What stands beside a step's name, where it is no longer.</summary>
    private const int Short = 60;

    public static Command Create(CommandWorld world)
    {
        var plan = new Option<bool>("--plan") { Description = "Only say what would be created." };
        var command = new Command("setup", "Creates the hand-over's fields, options and lists in each CRM.") { plan };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, parsed.GetValue(plan), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, bool planOnly, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await using var crms = Opening.Crms(world, parsed, settings);
        var done = new List<(string Connection, SetupStep Step)>();
        foreach (var (connection, adapter) in crms.Adapters)
        {
            try
            {
                await PinnedAccount.RequireAsync(connection.Crm, adapter, cancellationToken);
                done.AddRange((await adapter.SetupAsync(planOnly, cancellationToken)).Select(s => (connection.Crm.Name, s)));
            }
            catch (CrmException failure)
            {
                throw new CommandFailure(
                    failure.Failure == CrmFailure.Unauthorised ? ExitCode.Refused : ExitCode.Unavailable, "setup-failed",
                    [new($"Connections:{connection.Crm.Name}", failure.Message, failure.Repair ?? "Run 'crmsync check', then setup again: what exists is left alone.")]);
            }
        }
        Print(world, parsed, done);
        return (int)ExitCode.Done;
    }

    private static void Print(CommandWorld world, ParseResult parsed, List<(string Connection, SetupStep Step)> done)
    {
        if (parsed.IsJson())
        {
            world.Document(new { steps = done.Select(d => new { d.Connection, d.Step.What, d.Step.Name, d.Step.Outcome, d.Step.Detail }) });
            return;
        }
        foreach (var (connection, step) in done)
        {
            var word = step.Outcome switch
            {
                SetupOutcome.Exists => "exists  ",
                SetupOutcome.Created => "created ",
                SetupOutcome.WouldCreate => "would create",
                _ => "by hand ",
            };
            var isShort = step.Detail is { Length: <= Short } && step.Outcome != SetupOutcome.Manual;
            world.Out.WriteLine($"{connection}  {word}  {step.What} {step.Name}{(isShort ? $" ({step.Detail})" : "")}");
            if (step.Detail is { } detail && !isShort)
                world.Out.WriteLine($"          {detail}");
        }
    }
}
