using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary>The name of a connection, as an argument.</summary>
internal static class ConnectionArgument
{
    public static Argument<string> Create() => new("connection") { Description = "The name of the connection." };

    /// <exception cref="CommandFailure">No connection bears the name.</exception>
    public static ConnectionSettings Find(WorkerSettings settings, string name) =>
        settings.Connections.FirstOrDefault(c => c.Crm.Name == name)
        ?? throw new CommandFailure(ExitCode.Usage, "usage", $"No connection is named '{name}'.",
            settings.Connections.Count == 0 ? "Add Connections:<name> to the settings first." : $"Use one of: {string.Join(", ", settings.Connections.Select(c => c.Crm.Name))}.");
}
