using System.Globalization;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Bars;

/// <summary>How long and how often is measured, and where the data lie.</summary>
internal sealed record BarOptions
{
    public required bool Short { get; init; }
    public required int Rounds { get; init; }
    public required double Seconds { get; init; }

    /// <summary>How often a round is tried that others disturb.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Numbers of leads, instead of a measurement's own.</summary>
    public int[]? Leads { get; init; }

    /// <summary>Of the KPIs only those from a file are measured.</summary>
    public bool FileOnly { get; init; }

    /// <summary>The KPIs are read from a file of 1 GB too.</summary>
    public bool GigaByte { get; init; }

    /// <summary>A directory of its own, removed at the end. On a disk: what a commit costs in memory says nothing.</summary>
    public required string Work { get; init; }

    /// <summary>Where progress is told; results go elsewhere.</summary>
    public required Action<string> Tell { get; init; }

    public static BarOptions Read(Arguments arguments)
    {
        var isShort = arguments.Has("short");
        return new()
        {
            Short = isShort,
            Rounds = arguments.Number("rounds", isShort ? 2 : 5),
            Seconds = arguments.Real("seconds", isShort ? 2 : 6),
            FileOnly = arguments.Has("file-only"),
            GigaByte = arguments.Has("gigabyte"),
            Attempts = arguments.Number("attempts", 1),
            Leads = arguments.Find("leads")?.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray(),
            Work = Path.Combine(arguments.Find("work") is { Length: > 0 } work ? work : Path.GetTempPath(), $"crmsync-bench-{Environment.ProcessId}"),
            Tell = line => Console.Error.WriteLine($"{DateTimeOffset.UtcNow:HH:mm:ss} {line}"),
        };
    }

    /// <summary>A new, empty directory.</summary>
    public string Directory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(Work, $"{name}-{Guid.NewGuid():N}")).FullName;
}
