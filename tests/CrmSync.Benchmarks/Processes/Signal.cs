using System.Diagnostics;
using System.Globalization;

namespace CrmSync.Benchmarks.Processes;

/// <summary>The polite end: .NET itself can only kill.</summary>
internal static class Signal
{
    public static void Terminate(int process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
