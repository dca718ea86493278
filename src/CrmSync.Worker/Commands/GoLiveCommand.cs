using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Commands;

/// <summary><c>go-live</c>, <c>plan</c> and <c>approve</c>: the first start, and the brake after it.</summary>
internal static class GoLiveCommand
{
    public static Command Create(CommandWorld world)
    {
        var name = Connection();
        var command = new Command("go-live", "Prints the plan and lets a connection write: from now on new evidence opens hand-overs.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var connection = parsed.GetRequiredValue(name);
            await PlanAsync(world, parsed, connection, cancellationToken);
            return await AskWorker.RunAsync(world, parsed, RequestsWork.GoLive, new(connection), cancellationToken);
        });
        return command;
    }

    public static Command CreatePlan(CommandWorld world)
    {
        var name = Connection();
        var command = new Command("plan", "Says what a connection would do, and whether a brake is on.") { name };
        command.SetAction((parsed, cancellationToken) => PlanAsync(world, parsed, parsed.GetRequiredValue(name), cancellationToken));
        return command;
    }

    public static Command CreateApprove(CommandWorld world)
    {
        var name = Connection();
        var command = new Command("approve", "Releases the brake for an hour.") { name };
        command.SetAction((parsed, cancellationToken) =>
            AskWorker.RunAsync(world, parsed, RequestsWork.Approve, new(parsed.GetRequiredValue(name)), cancellationToken));
        return command;
    }

    private static Argument<string> Connection() => new("connection") { Description = "The name of the connection." };

    /// <summary>What is known before going live: leads by stage and by verdict, none of which is touched by going live itself.</summary>
    private static async Task<int> PlanAsync(CommandWorld world, ParseResult parsed, string connection, CancellationToken cancellationToken)
    {
        await using var store = await Opening.ReadStoreAsync(Opening.Settings(world, parsed), cancellationToken);
        var memory = new ConnectionMemory(store);
        var summary = (await store.Reports.SummaryAsync(cancellationToken)).Connections.GetValueOrDefault(connection);
        var plan = new
        {
            connection,
            liveSince = await memory.InstantAsync(connection, ConnectionMemory.StartAt, cancellationToken),
            baseline = await memory.HasBaselineAsync(connection, cancellationToken) ? "complete" : "under way",
            brakedSince = await memory.InstantAsync(connection, ConnectionMemory.BrakeAt, cancellationToken),
            movesAnHour = Brake.LimitFor((int)(summary?.Leads ?? 0)),
            leads = summary?.Leads ?? 0,
            stages = summary?.Stages,
            verdicts = summary?.Verdicts,
        };
        if (parsed.IsJson())
        {
            // go-live prints one document: its answer.
            if (parsed.CommandResult.Command.Name == "plan")
                world.Document(plan);
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"{connection}: {plan.leads} leads, baseline {plan.baseline}, {(plan.liveSince is { } since ? $"live since {since:yyyy-MM-dd HH:mm}Z" : "a shadow: nothing is written")}");
        world.Out.WriteLine($"  stages    {Counts(plan.stages)}");
        world.Out.WriteLine($"  verdicts  {Counts(plan.verdicts)}");
        world.Out.WriteLine("  None of these leads is offered for what it did before going live; only newer evidence opens a hand-over.");
        world.Out.WriteLine($"  At most {plan.movesAnHour} leads an hour change stage before the brake asks for 'approve'.");
        if (plan.brakedSince is { } braked)
            world.Out.WriteLine($"  THE BRAKE IS ON since {braked:yyyy-MM-dd HH:mm}Z: 'crmsync approve {connection}' releases it for an hour.");
        return (int)ExitCode.Done;
    }

    private static string Counts(IReadOnlyDictionary<string, long>? counts) =>
        counts is { Count: > 0 } ? string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value}")) : "none yet";
}
