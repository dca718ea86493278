using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Commands;

/// <summary><c>go-live</c> and <c>approve</c>: the first start, and what the brakes hold.</summary>
internal static class GoLiveCommand
{
    public static Command Create(CommandWorld world)
    {
        var (name, backlog) = (ConnectionArgument.Create(), new BacklogOptions());
        var command = new Command("go-live", "Prints the plan and lets a connection write: from now on new evidence opens hand-overs.") { name };
        backlog.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (connection, wish) = (parsed.GetRequiredValue(name), backlog.Read(parsed));
            DataDirectory.RequireOwn(Opening.Settings(world, parsed).DataDirectory);
            var plan = await PlanCommand.ReadAsync(world, parsed, connection, cancellationToken);
            // With --json it prints one document: its answer.
            if (!parsed.IsJson())
                PlanScreen.Print(world.Out, plan, wish?.Newest);
            return await AskWorker.RunAsync(world, parsed, RequestsWork.GoLive, new(connection) { Backlog = wish }, cancellationToken);
        });
        return command;
    }

    public static Command CreateApprove(CommandWorld world)
    {
        var name = ConnectionArgument.Create();
        var lead = new Option<string?>("--lead") { Description = "Lets one parked lead go instead.", HelpName = "ID" };
        var command = new Command("approve", "Releases the brake on stage moves for an hour, or lets a parked lead go.") { name, lead };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (connection, id) = (parsed.GetRequiredValue(name), parsed.GetValue(lead));
            if (id is not null)
                await FindAsync(world, parsed, connection, id, cancellationToken);
            return await AskWorker.RunAsync(world, parsed, RequestsWork.Approve, new(connection, id), cancellationToken);
        });
        return command;
    }

    /// <exception cref="CommandFailure">No lead was ever seen under this id.</exception>
    private static async Task FindAsync(CommandWorld world, ParseResult parsed, string connection, string lead, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await ConnectionArgument.FindAsync(settings, connection, cancellationToken);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        if ((await store.FindAsync(connection, [lead], cancellationToken)).Count == 0)
            throw new CommandFailure(ExitCode.Usage, "lead-unknown", $"No lead {lead} was ever seen on {connection}; nothing is let go.", $"Take the id from 'crmsync plan {connection}', which lists the parked leads.");
    }
}
