using CrmSync.Benchmarks.Bars;
using CrmSync.Benchmarks.ByHand;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Floor;
using CrmSync.Benchmarks.Judging;
using CrmSync.Benchmarks.Kpis;
using CrmSync.Benchmarks.Load;
using CrmSync.Benchmarks.Micro;
using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Purse;
using CrmSync.Benchmarks.Stub;

namespace CrmSync.Benchmarks;

/// <summary>Measures by name; the other words are the roles of its own child processes.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Length == 0)
            return Usage();
        var arguments = new Arguments(args[1..]);
        return args[0] switch
        {
            "driver" => await DriverRole.RunAsync(arguments),
            "floor" => await FloorRole.RunAsync(arguments),
            "stub" => await StubRole.RunAsync(arguments),
            "by-hand" => await HandPipeline.RunAsync(arguments),
            "micro" => MicroRun.Run(arguments),
            "ack" or "pipeline" or "backlog" or "backfill" or "rules" or "kpis" or "calls" or "stream" or "purse" or "unattended" or "all" => await MeasureAsync(args[0], arguments),
            _ => Usage(),
        };
    }

    private static async Task<int> MeasureAsync(string what, Arguments arguments)
    {
        var options = BarOptions.Read(arguments);
        Directory.CreateDirectory(options.Work);
        try
        {
            var machine = Machine.Describe(options.Work);
            var reports = new List<BarReport>();
            foreach (var (name, run) in Measurements(options, arguments).Where(m => what == "all" || m.Name == what))
            {
                reports.Add(await run());
                if (!arguments.Has("json"))
                    Console.WriteLine(ReportText.Plain(reports[^1]));
            }
            await Output.WriteAsync(reports, machine, arguments.Has("json"), arguments.Find("report"));
            return 0;
        }
        finally
        {
            Directory.Delete(options.Work, recursive: true);
        }
    }

    private static IEnumerable<(string Name, Func<Task<BarReport>> Run)> Measurements(BarOptions options, Arguments arguments) =>
    [
        ("ack", new AckBar(options).RunAsync),
        ("pipeline", new PipelineBar(options).RunAsync),
        ("backlog", new BacklogBar(options).RunAsync),
        ("calls", new CallsBar(options).RunAsync),
        ("stream", new StreamBar(options).RunAsync),
        ("backfill", new BackfillBar(options).RunAsync),
        ("rules", new RulesBar(options).RunAsync),
        ("kpis", new KpiBar(options).RunAsync),
        ("purse", new PurseBar(options).RunAsync),
        ("unattended", new UnattendedBar(options, arguments.Find("program")).RunAsync),
    ];

    private static int Usage()
    {
        Console.Error.WriteLine("usage: ack|pipeline|backlog|calls|stream|backfill|rules|kpis|purse|unattended|all [--short] [--rounds N] [--seconds S] [--attempts N] [--leads N,N] [--work DIR] [--json] [--report FILE] [--program DIR] [--file-only] [--gigabyte], or micro [--filter ...]");
        return 64;
    }
}
