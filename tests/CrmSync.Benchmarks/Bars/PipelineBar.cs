using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Load;
using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Stub;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// B: processor time from a webhook to a written stage, product against the same steps by hand. Each side has a stub CRM of
/// its own with the same people; every event is a demo form and ends in an offer.
/// </summary>
internal sealed class PipelineBar(BarOptions options)
{
    private const int Connections = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private int WarmUp => options.Short ? 1_000 : 6_000;
    private int Events => options.Short ? 2_000 : 5_000;

    public async Task<BarReport> RunAsync()
    {
        var people = WarmUp + (options.Rounds * options.Attempts * Events);
        await using var handCrm = await Server.RoleAsync("stub", "--leads", $"{people}");
        await using var productCrm = await Server.RoleAsync("stub", "--leads", $"{people}");
        await using var hand = await Server.RoleAsync("by-hand", "--crm", Address(handCrm), "--data", options.Directory("by-hand"));
        var (product, process) = await Server.ProductAsync(options.Directory("product"), new Uri(Address(productCrm)));
        await using var end = product;
        options.Tell($"pipeline: baseline of {people} leads");
        await process.BaselineAsync(TimeSpan.FromMinutes(30));
        await process.GoLiveAsync();
        var (byHand, byProduct) = (new Side(hand, new(handCrm.Port), handCrm.ProcessId), new Side(product, new(productCrm.Port), productCrm.ProcessId));
        await MeasureAsync(byHand, 0, WarmUp);
        await Task.WhenAll(MeasureAsync(byProduct, 0, WarmUp), process.ApproveAsync(Patience));
        var rounds = new Series<(Run Hand, Run Product)>(options, r => Math.Max(r.Hand.Others, r.Product.Others));
        var first = WarmUp;
        for (var round = 0; round < options.Rounds; round++)
        {
            options.Tell($"pipeline: round {round + 1} of {options.Rounds}");
            await rounds.AddAsync(async () =>
            {
                var from = first;
                first += Events;
                return (await MeasureAsync(byHand, from, Events), await MeasureAsync(byProduct, from, Events));
            });
        }
        byHand.Crm.Dispose();
        byProduct.Crm.Dispose();
        var report = Report(rounds.Taken);
        report.Notes.Add(rounds.Note());
        return report;
    }

    /// <summary>From the first event until every stage is written and the process rests.</summary>
    private static async Task<Run> MeasureAsync(Side side, int from, int events)
    {
        var first = StubContacts.FirstId + from;
        await side.Crm.AskAsync(first, events);
        var staged = await side.Crm.StagedAsync();
        var calls = await side.Crm.CallsAsync();
        var (machine, crm) = (MachineTime.Now(), ProcFigures.CpuOf(side.CrmProcessId));
        var before = ProcFigures.Of(side.Server.ProcessId);
        var began = DateTimeOffset.UtcNow;
        var load = await DriverRole.SendAsync(side.Server.Plan(Connections, Patience.TotalSeconds, events, first, events));
        if (load.Failed > 0)
            throw new InvalidOperationException($"The {side.Server.Name} refused {load.Failed} requests.");
        while (await side.Crm.StagedAsync() < staged + events)
        {
            if (DateTimeOffset.UtcNow - began > Patience)
                throw new TimeoutException($"The {side.Server.Name} wrote {await side.Crm.StagedAsync() - staged} of {events} stages.");
            await Task.Delay(20);
        }
        var took = DateTimeOffset.UtcNow - began;
        await RestAsync(side.Server.ProcessId);
        var used = ProcFigures.Of(side.Server.ProcessId) - before;
        var ours = used.Cpu + (ProcFigures.CpuOf(side.CrmProcessId) - crm) + TimeSpan.FromSeconds(load.DriverCpuSeconds);
        var others = (MachineTime.Now() - machine).Others(ours.TotalSeconds);
        var after = await side.Crm.CallsAsync();
        return new(used.Cpu.TotalMicroseconds / events, used.System / used.Cpu, took.TotalSeconds, events,
            after.ToDictionary(c => c.Key, c => c.Value - calls.GetValueOrDefault(c.Key)), others);
    }

    /// <summary>The last effects are confirmed after the last stage is written.</summary>
    private static async Task RestAsync(int process)
    {
        for (var before = ProcFigures.CpuOf(process); ;)
        {
            await Task.Delay(400);
            var after = ProcFigures.CpuOf(process);
            if ((after - before).TotalMilliseconds <= 20)
                return;
            before = after;
        }
    }

    private BarReport Report(List<(Run Hand, Run Product)> rounds)
    {
        var report = new BarReport("B", "processor time from a webhook to a written stage, product against by hand");
        report.Lines.Add(BarLine.AtMost("CPU per event", Spread.Of(rounds.Select(r => r.Product.CpuMicroseconds / r.Hand.CpuMicroseconds)), 3));
        var table = new Table("side", "CPU us/event", "of it in the kernel", "events/s", "calls per 100 events");
        AddRow(table, "by hand", rounds.ConvertAll(r => r.Hand));
        AddRow(table, "product", rounds.ConvertAll(r => r.Product));
        report.Tables.Add(table);
        report.Tables.Add(Calls(rounds));
        report.Notes.Add($"n = {options.Rounds} pairs of rounds of {Events} events, in turns, {WarmUp} before them as warm-up; one event a request, {Connections} connections; no poll");
        report.Notes.Add($"noise: by hand against itself varied by {Spread.Of(rounds.Select(r => r.Hand.CpuMicroseconds)).Noise.ToString("P0", CultureInfo.InvariantCulture)} of its median");
        foreach (var (hand, product) in rounds)
            report.Rounds.Add(new JsonObject { ["handCpuMicroseconds"] = hand.CpuMicroseconds, ["productCpuMicroseconds"] = product.CpuMicroseconds, ["handSeconds"] = hand.Seconds, ["productSeconds"] = product.Seconds });
        return report;
    }

    private static void AddRow(Table table, string name, List<Run> runs) => table.Add(
        name, Spread.Of(runs.Select(r => r.CpuMicroseconds)).Text("0"), Spread.Of(runs.Select(r => r.KernelShare)).Median.ToString("P0", CultureInfo.InvariantCulture),
        Spread.Of(runs.Select(r => r.Events / r.Seconds)).Text("N0"), Spread.Of(runs.Select(r => 100.0 * r.Calls.Values.Sum() / r.Events)).Text("0.0"));

    /// <summary>That both sides take the same steps can be seen here.</summary>
    private static Table Calls(List<(Run Hand, Run Product)> rounds)
    {
        var table = new Table("calls per 100 events", "by hand", "product");
        string Of(Func<(Run Hand, Run Product), Run> side, string kind) =>
            Spread.Of(rounds.Select(r => 100.0 * side(r).Calls.GetValueOrDefault(kind) / side(r).Events)).Median.ToString("0.0", CultureInfo.InvariantCulture);
        foreach (var kind in rounds.SelectMany(r => r.Hand.Calls.Keys.Concat(r.Product.Calls.Keys)).Distinct().Order())
            table.Add(kind, Of(r => r.Hand, kind), Of(r => r.Product, kind));
        return table;
    }

    private static string Address(Server server) => $"http://127.0.0.1:{server.Port}/";

    private sealed record Side(Server Server, StubClient Crm, int CrmProcessId);

    private sealed record Run(double CpuMicroseconds, double KernelShare, double Seconds, int Events, Dictionary<string, long> Calls, double Others);
}
