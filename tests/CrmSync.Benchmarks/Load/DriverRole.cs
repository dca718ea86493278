using System.Diagnostics;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Load;

/// <summary>The sender of webhooks, in a process of its own: its work is not the server's.</summary>
internal static class DriverRole
{
    /// <summary>
    /// One thread waits for all sockets and handles what it finds by itself. Handing each answer to another thread would
    /// cost the two cores more than the answer is worth.
    /// </summary>
    private static readonly Dictionary<string, string> OneThread = new()
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1",
        ["DOTNET_gcConcurrent"] = "0",
    };

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var plan = LoadPlan.Read(arguments);
        var requests = new PreparedRequests(plan);
        var connections = Enumerable.Range(0, plan.Connections).Select(_ => new LoadConnection(requests)).ToList();
        connections.ForEach(c => c.Connect(plan.Port));
        var machine = MachineTime.Now();
        var cpu = ProcFigures.CpuOf(Environment.ProcessId);
        var began = Stopwatch.GetTimestamp();
        var deadline = began + (long)(plan.Seconds * Stopwatch.Frequency);
        await Task.WhenAll(connections.Select(c => c.RunAsync(deadline)));
        var took = Stopwatch.GetElapsedTime(began);
        RoleHost.Say(LoadResult.Of(connections, took, ProcFigures.CpuOf(Environment.ProcessId) - cpu, MachineTime.Now() - machine).ToJson());
        connections.ForEach(c => c.Dispose());
        return 0;
    }

    /// <summary>Runs a plan in a child process.</summary>
    public static async Task<LoadResult> SendAsync(LoadPlan plan)
    {
        await using var driver = Child.Role(OneThread, plan.ToArguments());
        var line = await driver.ReadAsync(TimeSpan.FromSeconds(plan.Seconds + 120));
        return line is null ? throw new InvalidOperationException($"The driver failed: {driver.LastErrors}") : LoadResult.Read(line);
    }
}
