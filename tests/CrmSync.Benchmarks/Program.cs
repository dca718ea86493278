using CrmSync.Benchmarks.ByHand;
using CrmSync.Benchmarks.Floor;
using CrmSync.Benchmarks.Load;
using CrmSync.Benchmarks.Stub;

namespace CrmSync.Benchmarks;

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
            _ => Usage(),
        };
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: ack|pipeline|backlog|backfill|all [--short] [--json] [--report FILE], or micro");
        return 64;
    }
}
