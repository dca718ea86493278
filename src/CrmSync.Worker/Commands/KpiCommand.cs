using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Reports;

namespace CrmSync.Worker.Commands;

/// <summary><c>kpi</c>: MQL to SAL, SAL to customer, and the time from SAL to the won sale.</summary>
internal static class KpiCommand
{
    public static Command Create(CommandWorld world)
    {
        var command = new Command("kpi", "The three KPIs, each with how many leads it stands on.");
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var summary = await store.Reports.SummaryAsync(cancellationToken);
        var cutOff = await new ConnectionMemory(store).CutOffAsync(summary.Connections.Keys, cancellationToken) ?? world.Clock.GetUtcNow();
        var report = await KpiReader.ReadAsync(store.Reports, cutOff, settings.Zone, cancellationToken);
        if (parsed.IsJson())
            world.Document(report);
        else
            KpiScreen.Print(world.Out, report);
        return (int)ExitCode.Done;
    }
}
