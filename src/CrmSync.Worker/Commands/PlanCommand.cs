using System.CommandLine;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules;

namespace CrmSync.Worker.Commands;

/// <summary><c>plan</c>: what a connection would do, what keeps it, and in shadow how far people agree.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandWorld world)
    {
        var name = ConnectionArgument.Create();
        var command = new Command("plan", "Says what a connection would do, what a brake holds back, and in shadow how far people agree.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = await ReadAsync(world, parsed, parsed.GetRequiredValue(name), cancellationToken);
            if (parsed.IsJson())
                world.Document(plan);
            else
                PlanScreen.Print(world.Out, plan);
            return (int)ExitCode.Done;
        });
        return command;
    }

    public static async Task<ConnectionPlan> ReadAsync(CommandWorld world, ParseResult parsed, string connection, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        var known = await ConnectionArgument.FindAsync(settings, connection, cancellationToken);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var now = world.Clock.GetUtcNow();
        return await new PlanReader(store, store, store.Reports).ReadAsync(known, Today(settings, now), now, cancellationToken);
    }

    private static DateOnly Today(WorkerSettings settings, DateTimeOffset now) => RuleFile.Load(settings.RulesFile).RuleSet is { } rules
        ? BusinessCalendar.Of(rules.Sla).DayOf(now)
        : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, settings.Zone).DateTime);
}
