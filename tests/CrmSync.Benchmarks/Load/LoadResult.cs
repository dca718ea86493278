using System.Diagnostics;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Load;

/// <summary>What one run of the driver saw. Latencies are in milliseconds; the machine's time is that of the run.</summary>
internal sealed record LoadResult(int Requests, int Failed, double Seconds, double P50, double P99, double Max, double DriverCpuSeconds, MachineTime Processors)
{
    public double PerSecond => Requests / Seconds;

    public static LoadResult Of(IReadOnlyList<LoadConnection> connections, TimeSpan took, TimeSpan cpu, MachineTime machine)
    {
        var latencies = connections.SelectMany(c => c.Latencies).ToArray();
        Array.Sort(latencies);
        var failed = connections.SelectMany(c => c.Statuses).Where(s => s.Key is < 200 or > 299).Sum(s => s.Value);
        return new(latencies.Length, failed, took.TotalSeconds, At(latencies, 0.5), At(latencies, 0.99), At(latencies, 1), cpu.TotalSeconds, machine);
    }

    public JsonObject ToJson() => new()
    {
        ["requests"] = Requests,
        ["failed"] = Failed,
        ["seconds"] = Seconds,
        ["p50"] = P50,
        ["p99"] = P99,
        ["max"] = Max,
        ["driverCpuSeconds"] = DriverCpuSeconds,
        ["machineBusy"] = Processors.Busy,
        ["machineAll"] = Processors.All,
    };

    public static LoadResult Read(JsonNode json) => new(
        (int)json["requests"]!, (int)json["failed"]!, (double)json["seconds"]!, (double)json["p50"]!, (double)json["p99"]!,
        (double)json["max"]!, (double)json["driverCpuSeconds"]!, new((double)json["machineBusy"]!, (double)json["machineAll"]!));

    private static double At(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)]).TotalMilliseconds;
}
