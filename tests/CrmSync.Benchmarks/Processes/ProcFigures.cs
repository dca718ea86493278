using System.Globalization;

namespace CrmSync.Benchmarks.Processes;

/// <summary>What the kernel says of a process: no agent inside it, nothing that costs it time.</summary>
internal readonly record struct ProcFigures(TimeSpan User, TimeSpan System, long Resident, long ResidentPeak, long Anonymous, long Switches)
{
    /// <summary>The kernel counts in hundredths of a second on every Linux of ours.</summary>
    private const double TicksPerSecond = 100;

    public TimeSpan Cpu => User + System;

    public static ProcFigures Of(int process)
    {
        var (user, system) = Times(process);
        var status = File.ReadLines($"/proc/{process}/status")
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return new(user, system, Bytes(status, "VmRSS"), Bytes(status, "VmHWM"), Bytes(status, "RssAnon"), Switched(process));
    }

    /// <summary>Processor time alone: cheap enough to be asked often.</summary>
    public static TimeSpan CpuOf(int process)
    {
        var (user, system) = Times(process);
        return user + system;
    }

    public static ProcFigures operator -(ProcFigures after, ProcFigures before) => after with
    {
        User = after.User - before.User,
        System = after.System - before.System,
        Switches = after.Switches - before.Switches,
    };

    private static (TimeSpan User, TimeSpan System) Times(int process)
    {
        // The name, in brackets, may hold blanks: the fields are counted from behind it.
        var text = File.ReadAllText($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Time(fields[11]), Time(fields[12]));
    }

    private static TimeSpan Time(string ticks) => TimeSpan.FromSeconds(long.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond);

    private static long Bytes(Dictionary<string, string> status, string name) =>
        status.TryGetValue(name, out var text) ? Number(text) * 1024 : 0;

    /// <summary>Of all threads that live now: those that ended take theirs along.</summary>
    private static long Switched(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task").Sum(task =>
        {
            try
            {
                return File.ReadLines(Path.Combine(task, "status")).Where(l => l.Contains("ctxt_switches", StringComparison.Ordinal)).Sum(l => Number(l.Split(':')[1]));
            }
            catch (IOException)
            {
                return 0;
            }
        });

    private static long Number(string text) =>
        long.Parse(text.AsSpan().Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
}
