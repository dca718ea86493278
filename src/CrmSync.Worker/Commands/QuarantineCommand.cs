using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Commands;

/// <summary><c>quarantine list | replay | drop</c>: leads that could not be handled, and what to do with them.</summary>
internal static class QuarantineCommand
{
    public static Command Create(CommandWorld world)
    {
        var list = new Command("list", "Lists them with their reasons.");
        list.SetAction((parsed, cancellationToken) => ListAsync(world, parsed, cancellationToken));
        return new Command("quarantine", "Leads that could not be handled; the others are not delayed by them.")
        {
            list,
            Change(world, "replay", "Looks at them again, after the cause was mended.", RequestsWork.Replay),
            Change(world, "drop", "Lets them go until they change again.", RequestsWork.Drop),
        };
    }

    private static Command Change(CommandWorld world, string name, string description, string kind)
    {
        var which = new Argument<string>("which") { Description = "A connection, or connection/lead-id." };
        var command = new Command(name, description) { which };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(world, parsed, kind, parsed.GetRequiredValue(which), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var store = await Opening.ReadStoreAsync(Opening.Settings(world, parsed), cancellationToken);
        var leads = await store.QuarantinedAsync(null, cancellationToken);
        if (parsed.IsJson())
            world.Document(new { leads });
        else if (leads.Count == 0)
            world.Out.WriteLine("Nothing is in quarantine.");
        else
        {
            foreach (var lead in leads)
                world.Out.WriteLine($"{lead.Connection}/{lead.LeadId}  since {lead.Since:yyyy-MM-dd HH:mm}Z  {lead.Reason}");
        }
        return (int)ExitCode.Done;
    }

    private static async Task<int> ChangeAsync(CommandWorld world, ParseResult parsed, string kind, string which, CancellationToken cancellationToken)
    {
        var parts = which.Split('/', 2);
        return await AskWorker.RunAsync(world, parsed, kind, new(parts[0], parts.Length == 2 ? parts[1] : null), cancellationToken);
    }
}
