using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary>The name of a connection, as an argument.</summary>
internal static class ConnectionArgument
{
    public static Argument<string> Create() => new("connection") { Description = "The name of the connection." };

    /// <summary>The settings of that connection.</summary>
    /// <exception cref="CommandFailure">The settings know none of that name: with where they come from, and what the store knows.</exception>
    public static async Task<ConnectionSettings> FindAsync(WorkerSettings settings, string name, CancellationToken cancellationToken) =>
        settings.Connections.FirstOrDefault(c => c.Crm.Name == name)
        ?? throw new CommandFailure(ExitCode.Usage, "usage", $"No connection is named '{name}' in the settings.",
            Repair(settings, name, await InStoreAsync(settings, cancellationToken)));

    private static string Repair(WorkerSettings settings, string name, IReadOnlyCollection<string> inStore)
    {
        var known = settings.Connections.Count == 0 ? "They have no connection" : $"They have {Names(settings.Connections.Select(c => c.Crm.Name))}";
        var where = $"{known}; connections come from appsettings.json, the file that --config names, and variables such as CRMSYNC__Connections__{name}__Crm.";
        return inStore switch
        {
            { Count: 0 } => $"{where} Use a name from there, or add this one.",
            _ when inStore.Contains(name) => $"{where} The data in {settings.DataDirectory} know '{name}': a worker ran with it. "
                + "Give this command the settings of that worker; what was exported in one terminal is unknown in another.",
            _ => $"{where} The data in {settings.DataDirectory} know {Names(inStore)}. Use a name that the settings have, or add this one.",
        };
    }

    /// <summary>Connections that left leads in the store; none when there is no store to read: the message is for the settings.</summary>
    private static async Task<IReadOnlyCollection<string>> InStoreAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
            return [.. (await store.Reports.SummaryAsync(cancellationToken)).Connections.Keys];
        }
        catch (CommandFailure)
        {
            return [];
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(n => $"'{n}'"));
}
