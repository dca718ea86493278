using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Micro;

/// <summary>
/// The small steps of the hot paths, each beside the least it could cost. In this process: a project of BenchmarkDotNet's
/// own making would not restore under our locked packages.
/// </summary>
internal static class MicroRun
{
    public static int Run(Arguments arguments)
    {
        var job = (arguments.Has("short") ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        var artifacts = Path.Combine(Path.GetTempPath(), $"crmsync-micro-{Environment.ProcessId}");
        var config = ManualConfig.CreateMinimumViable().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub).WithArtifactsPath(artifacts);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroRun).Assembly)
            .Run(["--filter", arguments.Find("filter") is { Length: > 0 } filter ? filter : "*"], config);
        if (arguments.Find("report") is { Length: > 0 } report)
            File.WriteAllText(report, string.Concat(Directory.EnumerateFiles(artifacts, "*.md", SearchOption.AllDirectories).Select(File.ReadAllText)));
        Directory.Delete(artifacts, recursive: true);
        return summaries.Any(s => s.HasCriticalValidationErrors) ? 1 : 0;
    }
}
