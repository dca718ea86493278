using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Product;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// D: the first look at a large account. The worker's memory must not grow with it; the sandbox, which holds all of it,
/// is another process.
/// </summary>
internal sealed class BackfillBar(BarOptions options)
{
    private const double MegaByte = 1024 * 1024;
    private const double MostMegaBytes = 150;
    private const double MostMore = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);
    private int[] Sizes => options.Leads ?? (options.Short ? [5_000, 20_000] : [100_000, 1_000_000]);

    public async Task<BarReport> RunAsync()
    {
        var report = new BarReport("D", "backfill: resident memory of the worker");
        var table = new Table("leads", "peak MB", "median MB", "end MB", "anonymous MB at end", "seconds", "leads/s", "CPU us/lead", "database MB");
        var runs = new List<Run>();
        foreach (var size in Sizes)
        {
            options.Tell($"backfill: {size:N0} leads");
            var run = await MeasureAsync(size);
            runs.Add(run);
            table.Add(size.ToString("N0", CultureInfo.InvariantCulture), Text(run.Peak), Text(run.Median), Text(run.End), Text(run.Anonymous),
                run.Seconds.ToString("N0", CultureInfo.InvariantCulture), (size / run.Seconds).ToString("N0", CultureInfo.InvariantCulture),
                (run.CpuSeconds * 1e6 / size).ToString("N0", CultureInfo.InvariantCulture), Text(run.Database));
            report.Rounds.Add(new JsonObject { ["leads"] = size, ["peakMB"] = run.Peak, ["medianMB"] = run.Median, ["endMB"] = run.End, ["seconds"] = run.Seconds, ["cpuSeconds"] = run.CpuSeconds });
        }
        report.Lines.Add(BarLine.AtMost($"peak MB with {Sizes[^1]:N0} leads", Spread.Of([runs[^1].Peak]), MostMegaBytes, "0"));
        report.Lines.Add(BarLine.AtMost($"MB more than with {Sizes[0]:N0}", Spread.Of([runs[^1].Peak - runs[0].Peak]), MostMore, "0"));
        report.Tables.Add(table);
        report.Notes.Add("n = 1 backfill of each size, a new worker and a new sandbox each time; sandbox without limits, in another process; resident memory read from /proc twice a second, the peak by the kernel itself");
        return report;
    }

    private async Task<Run> MeasureAsync(int leads)
    {
        await using var sandbox = await SandboxProcess.StartAsync(logCapacity: 1_000);
        await sandbox.UnlimitAsync();
        await sandbox.GenerateAsync(leads, null);
        var ports = Ports.Free(2);
        var settings = new ProductSettings
        {
            Data = options.Directory("backfill"), WebhookPort = ports[0], AdminPort = ports[1], Crm = sandbox.Url, Token = sandbox.Token,
            Secret = sandbox.WebhookSecret, QuotaShare = 1, Options = ProductSettings.Unlimited,
        };
        await ProductProcess.CommandAsync(settings, "setup");
        var began = DateTimeOffset.UtcNow;
        await using var product = await ProductProcess.StartAsync(settings);
        var samples = new List<double>();
        using var stop = new CancellationTokenSource();
        var sampling = SampleAsync(product.Id, samples, stop.Token);
        await product.BaselineAsync(Patience);
        var took = DateTimeOffset.UtcNow - began;
        await stop.CancelAsync();
        await sampling;
        var end = ProcFigures.Of(product.Id);
        var database = new DirectoryInfo(settings.Data).EnumerateFiles("crmsync.db*").Sum(f => f.Length);
        return new(end.ResidentPeak / MegaByte, Spread.Of(samples).Median, end.Resident / MegaByte, end.Anonymous / MegaByte, took.TotalSeconds, end.Cpu.TotalSeconds, database / MegaByte);
    }

    private static async Task SampleAsync(int process, List<double> samples, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            samples.Add(ProcFigures.Of(process).Resident / MegaByte);
            await Task.Delay(500, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static string Text(double megaBytes) => megaBytes.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Run(double Peak, double Median, double End, double Anonymous, double Seconds, double CpuSeconds, double Database);
}
