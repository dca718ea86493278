using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Salesforce;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Tests.Support;

/// <summary>What a command answered.</summary>
internal sealed record CommandResult(int Exit, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Runs a command in this process, as its Main would.</summary>
    public static async Task<CommandResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new CommandWorld(output, error, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot().AddSalesforce().AddPipedrive());
        var exit = await Task.Run(() => CommandRoot.RunAsync(world, args, CancellationToken.None));
        return new(exit, output.ToString(), error.ToString());
    }
}
