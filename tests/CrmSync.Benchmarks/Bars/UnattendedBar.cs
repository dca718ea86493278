using System.Diagnostics;
using System.Globalization;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Kpis;
using CrmSync.Benchmarks.Load;
using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Product;
using Microsoft.Data.Sqlite;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// U: what an admin feels of a program that nobody looks after. Published ReadyToRun as in the image, on a store of about 100 MB:
/// how large, how soon ready, how much memory, how soon it answers, how soon it ends, and whether anything is lost then. Its CRM
/// cannot be reached.
/// </summary>
/// <param name="program">A folder that was published before; null: it is published here.</param>
internal sealed class UnattendedBar(BarOptions options, string? program)
{
    private const int Leads = 90_000;
    private const double Megabyte = 1_000_000;
    private const string Arguments = "--no-restore -c Release -r linux-x64 --self-contained false -p:UseAppHost=false -p:PublishReadyToRun=true";
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private int Starts => options.Short ? 3 : 7;

    public async Task<BarReport> RunAsync()
    {
        var report = new BarReport("U", "unattended: size, start, memory, answers, stop");
        var folder = program ?? await PublishAsync();
        var size = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".pdb", StringComparison.Ordinal)).Sum(f => new FileInfo(f).Length);
        report.Lines.Add(BarLine.AtMost("publish folder, MB", Spread.Of([size / Megabyte]), 45, "0.0"));
        var data = options.Directory("unattended");
        options.Tell("unattended: filling a store");
        var transitions = await StoreMaker.FillAsync(data, Leads, 1);
        var store = new FileInfo(Path.Combine(data, "crmsync.db")).Length / Megabyte;
        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await using var worker = await StartAsync(folder, data, starts);
        }
        // The first one also reads the program from the disk.
        report.Lines.Add(BarLine.AtMost("start to ready, s", Spread.Of(starts.Skip(1)), 1.5));
        await LoadAsync(report, folder, data);
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"a store of {store:0} MB with {transitions:N0} transitions; {Starts} starts, the first left out; ready = /health/ready answers 200"));
        return report;
    }

    private async Task LoadAsync(BarReport report, string folder, string data)
    {
        var worker = await StartAsync(folder, data, []);
        await using var end = worker;
        await Task.Delay(Idle);
        report.Lines.Add(BarLine.AtMost("resident, idle, MB", Spread.Of([ProcFigures.Of(worker.Child.Id).Resident / Megabyte]), 150, "0"));
        using var load = new SteadyLoad(worker.WebhookPort, ProductSettings.WebhookPath, ProductSettings.PublicUrl, Server.Secret, Leads);
        foreach (var (rate, seconds, bar) in new[] { (50, options.Short ? 20.0 : 600, 250), (500, options.Short ? 20.0 : 60, 1_000) })
        {
            options.Tell($"unattended: {rate} webhooks a second for {seconds} s");
            var before = Received(data);
            var seen = await load.RunAsync(rate, seconds, CancellationToken.None);
            report.Lines.Add(BarLine.AtMost($"p99 of the answer at {rate}/s, ms", Spread.Of([seen.P99]), bar, "0.0"));
            report.Lines.Add(BarLine.AtMost($"lost at {rate}/s", Spread.Of([seen.Sent - seen.Accepted + Math.Max(0, seen.Accepted - (Received(data) - before))]), 0, "0"));
            report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{rate}/s for {seconds} s: {seen.Sent:N0} sent, p50 {seen.P50:0.0} ms, max {seen.Max:0} ms; resident after it {ProcFigures.Of(worker.Child.Id).Resident / Megabyte:0} MB"));
        }
        await StopUnderLoadAsync(report, worker, load, data);
    }

    private static async Task StopUnderLoadAsync(BarReport report, Worker worker, SteadyLoad load, string data)
    {
        var before = Received(data);
        using var enough = new CancellationTokenSource();
        var sending = load.RunAsync(500, 60, enough.Token);
        await Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None);
        var began = Stopwatch.GetTimestamp();
        Signal.Terminate(worker.Child.Id);
        var exit = await worker.Child.ExitAsync(TimeSpan.FromSeconds(30));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await enough.CancelAsync();
        var seen = await sending;
        report.Lines.Add(BarLine.AtMost("stop at 500/s, s", Spread.Of([took]), 8));
        report.Lines.Add(BarLine.AtMost("acknowledged and lost at the stop", Spread.Of([Math.Max(0, seen.Accepted - (Received(data) - before))]), 0, "0"));
        report.Notes.Add($"it ended with {exit}");
    }

    /// <summary>From before the process is there until it says that it is ready.</summary>
    private static async Task<Worker> StartAsync(string folder, string data, List<double> starts)
    {
        var ports = Ports.Free(3);
        var settings = new ProductSettings
        {
            Data = data, WebhookPort = ports[0], AdminPort = ports[1], Crm = new($"http://127.0.0.1:{ports[2]}/"), Secret = Server.Secret, QuotaShare = 1, Options = ProductSettings.Unlimited,
        };
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var began = Stopwatch.GetTimestamp();
        var child = Child.OfAssembly(Path.Combine(folder, "crmsync.dll"), settings.ToEnvironment(), "run", "--data", data);
        child.Drain();
        while (!await IsReadyAsync(http, ports[1]))
        {
            if (child.HasExited)
                throw new InvalidOperationException($"It ended: {child.LastErrors}");
            await Task.Delay(10);
        }
        starts.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        return new(child, ports[0]);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static long Received(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "crmsync.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM inbox";
        return (long)command.ExecuteScalar()!;
    }

    private async Task<string> PublishAsync()
    {
        options.Tell("unattended: publishing");
        var folder = options.Directory("publish");
        var project = Path.GetFullPath(Path.Combine(ImageSettings.Root(), "src", "CrmSync.Worker"));
        // Restored for all the platforms that the lock files know, then published for this one.
        await DotnetAsync($"restore \"{project}\" -p:PublishReadyToRun=true -v q");
        await DotnetAsync($"publish \"{project}\" {Arguments} -o \"{folder}\" -v q");
        return folder;
    }

    private static async Task DotnetAsync(string arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        if (dotnet.ExitCode != 0)
            throw new InvalidOperationException($"It could not be published: {said}");
    }

    private sealed record Worker(Child Child, int WebhookPort) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Child.DisposeAsync();
    }
}
