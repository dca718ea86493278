using System.Globalization;

namespace CrmSync.Benchmarks.Processes;

/// <summary>
/// Processor seconds of the whole machine. What is left of them after our own processes is what others took, a
/// hypervisor included; interrupts are left out, since most of them are our own packets.
/// </summary>
internal readonly record struct MachineTime(double Busy, double All)
{
    private const double TicksPerSecond = 100;

    public static MachineTime Now()
    {
        // user nice system idle iowait irq softirq steal
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(t => long.Parse(t, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
        return new(ticks[0] + ticks[1] + ticks[2] + ticks[7], ticks.Sum());
    }

    public static MachineTime operator -(MachineTime after, MachineTime before) => new(after.Busy - before.Busy, after.All - before.All);

    /// <summary>The share of the machine that was neither idle nor ours.</summary>
    public double Others(double ourSeconds) => All == 0 ? 0 : Math.Max(0, (Busy - ourSeconds) / All);
}
