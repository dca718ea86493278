using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Kpis;

/// <summary>The most memory that this process held since it was last asked to forget.</summary>
internal static class PeakMemory
{
    private const double MegaByte = 1024 * 1024;

    public static double MegaBytes => ProcFigures.Of(Environment.ProcessId).ResidentPeak / MegaByte;

    public static void Reset()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }
}
