using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Load;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// A: how much of the bare floor's rate remains when the product acknowledges a webhook. Its CRM cannot be reached, so that
/// nothing but intake runs, as on the floor.
/// </summary>
internal sealed class AckBar(BarOptions options)
{
    private const int Leads = 20_000;
    private const int MostPerSecond = 90_000;
    private static readonly int[] Connections = [64, 256];
    private int WarmUps => options.Short ? 1 : 3;

    public async Task<BarReport> RunAsync()
    {
        var report = new BarReport("A", "durable acknowledgement of a webhook, product against floor");
        await using var floor = await Server.RoleAsync("floor", "--data", options.Directory("floor"));
        var (product, _) = await Server.ProductAsync(options.Directory("product"), Nowhere());
        await using var end = product;
        var table = new Table("connections, side", "requests/s", "p50 ms", "p99 ms", "max ms", "CPU us/request", "driver CPU", "n");
        var floorNoise = new List<double>();
        foreach (var connections in Connections)
        {
            // Compiled code gets better for some hundred thousand calls; neither side starts cold.
            for (var i = 0; i < WarmUps; i++)
                _ = (await MeasureAsync(floor, connections, options.Seconds), await MeasureAsync(product, connections, options.Seconds));
            var rounds = new Series<(Run Floor, Run Product)>(options, r => Math.Max(r.Floor.Others, r.Product.Others));
            for (var round = 0; round < options.Rounds; round++)
            {
                options.Tell($"ack: {connections} connections, round {round + 1} of {options.Rounds}");
                await rounds.AddAsync(async () => (await MeasureAsync(floor, connections, options.Seconds), await MeasureAsync(product, connections, options.Seconds)));
            }
            Add(report, table, connections, rounds.Taken);
            floorNoise.Add(Spread.Of(rounds.Taken.Select(r => r.Floor.Load.PerSecond)).Noise);
            report.Notes.Add($"{connections} connections: {rounds.Note()}");
        }
        report.Tables.Add(table);
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"n = {options.Rounds} pairs of rounds of {options.Seconds} s per number of connections, in turns; one event a request, distinct event ids, {Leads} leads"));
        report.Notes.Add($"noise: the floor against itself varied by {string.Join(" and ", floorNoise.Select(n => n.ToString("P0", CultureInfo.InvariantCulture)))} of its median");
        return report;
    }

    private static async Task<Run> MeasureAsync(Server side, int connections, double seconds)
    {
        var before = ProcFigures.CpuOf(side.ProcessId);
        var load = await DriverRole.SendAsync(side.Plan(connections, seconds, (int)(seconds * MostPerSecond), 1, Leads));
        if (load.Failed > 0)
            throw new InvalidOperationException($"The {side.Name} refused {load.Failed} of {load.Requests} requests.");
        var cpu = ProcFigures.CpuOf(side.ProcessId) - before;
        return new(load, cpu.TotalMicroseconds / load.Requests, load.Processors.Others(cpu.TotalSeconds + load.DriverCpuSeconds));
    }

    private static void Add(BarReport report, Table table, int connections, List<(Run Floor, Run Product)> rounds)
    {
        report.Lines.Add(BarLine.AtLeast($"requests/s, {connections} connections", Spread.Of(rounds.Select(r => r.Product.Load.PerSecond / r.Floor.Load.PerSecond)), 0.7));
        report.Lines.Add(BarLine.AtMost($"p99, {connections} connections", Spread.Of(rounds.Select(r => r.Product.Load.P99 / r.Floor.Load.P99)), 1.5));
        AddRow(table, $"{connections}, floor", rounds.ConvertAll(r => r.Floor));
        AddRow(table, $"{connections}, product", rounds.ConvertAll(r => r.Product));
        foreach (var (floor, product) in rounds)
            report.Rounds.Add(new JsonObject { ["connections"] = connections, ["floor"] = floor.Load.ToJson(), ["product"] = product.Load.ToJson() });
    }

    private static void AddRow(Table table, string name, List<Run> runs)
    {
        string Median(Func<Run, double> figure, string format) => Spread.Of(runs.Select(figure)).Median.ToString(format, CultureInfo.InvariantCulture);
        table.Add(name, Spread.Of(runs.Select(r => r.Load.PerSecond)).Text("N0"), Median(r => r.Load.P50, "0.00"), Median(r => r.Load.P99, "0.00"),
            Median(r => r.Load.Max, "0.0"), Median(r => r.CpuMicroseconds, "0.0"), Median(r => r.Load.DriverCpuSeconds / r.Load.Seconds, "P0"),
            runs.Sum(r => r.Load.Requests).ToString("N0", CultureInfo.InvariantCulture));
    }

    private static Uri Nowhere() => new($"http://127.0.0.1:{Ports.Free(1)[0]}/");

    private sealed record Run(LoadResult Load, double CpuMicroseconds, double Others);
}
