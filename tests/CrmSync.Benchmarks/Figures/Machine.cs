using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CrmSync.Benchmarks.Figures;

/// <summary>Where the figures were made. What a commit costs depends on the disk, so that is measured.</summary>
internal static class Machine
{
    public static IReadOnlyList<string> Describe(string directory) =>
    [
        $"{Processor()}, {Environment.ProcessorCount} cores, {Memory()} GB, Linux {Environment.OSVersion.Version}, .NET {Environment.Version}, {RuntimeInformation.ProcessArchitecture}",
        $"data on {FileSystemOf(directory)}; {FlushesPerSecond(directory).ToString("N0", CultureInfo.InvariantCulture)} writes of 4 KB with fsync a second; load average before: {Load()}",
    ];

    /// <summary>The load average of the last minute.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";

    private static long Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024);

    private static string FileSystemOf(string directory)
    {
        var path = Path.GetFullPath(directory);
        return File.ReadLines("/proc/mounts")
            .Select(line => line.Split(' '))
            .Where(mount => path.StartsWith(mount[1], StringComparison.Ordinal))
            .MaxBy(mount => mount[1].Length)?[2] ?? "an unknown file system";
    }

    private static double FlushesPerSecond(string directory)
    {
        var path = Path.Combine(directory, "flush.probe");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(0.5))
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
            count++;
        }
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
