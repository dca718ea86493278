using System.CommandLine;
using System.Runtime.InteropServices;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Telemetry;

namespace CrmSync.Worker.Commands;

/// <summary><c>version</c>: what this is, for a bug report.</summary>
internal static class VersionCommand
{
    public static string Version => ProductVersion.Text;

    public static Command Create(CommandWorld world)
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(parsed =>
        {
            if (parsed.IsJson())
                world.Document(new { product = "CrmSync", version = Version, runtime = RuntimeInformation.FrameworkDescription });
            else
                world.Out.WriteLine($"CrmSync {Version} on {RuntimeInformation.FrameworkDescription}");
        });
        return command;
    }
}
