using System.Text.Json;
using System.Text.RegularExpressions;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Crms;
using CrmSync.Sandbox.Control;

namespace CrmSync.Chaos.Runs;

/// <summary>What a seed did as lines that another play of it can be held against: the CRM's log, then what went wrong.</summary>
internal static partial class Replay
{
    public static async Task<IReadOnlyList<string>> LinesAsync(CrmUnderTest crm, int seed, int leads, TimeSpan span)
    {
        await using var run = new Simulation(SimulationTests.SettingOf(crm, seed) with { OneAtATime = true }, leads, span, kills: 5) { For = "played twice" };
        var history = await run.RunAsync();
        return [.. run.Rig.Control.Log().Select(e => Plain(JsonSerializer.Serialize(e, ControlJson.Options))), .. history.Faults.Select(Told)];
    }

    /// <summary>The first line in which two plays differ, with those around it; null where there is none.</summary>
    public static string? Difference(IReadOnlyList<string> once, IReadOnlyList<string> again)
    {
        var same = once.Zip(again).TakeWhile(pair => pair.First == pair.Second).Count();
        return same == once.Count && same == again.Count ? null
            : $"line {same + 1} of {once.Count} and {again.Count}, after\n{string.Join('\n', once.Skip(same - 4).Take(Math.Min(same, 4)))}\nonce:\n{Next(once)}\nagain:\n{Next(again)}";

        string Next(IReadOnlyList<string> lines) => string.Join('\n', lines.Skip(same).Take(4));
    }

    private static string Told(FaultMark mark) => $"{mark.At:O} {mark.Name}";

    /// <summary>Without what is drawn anew each time: where the sandbox and the worker listen, and the name of the store.</summary>
    private static string Plain(string line) => StoreName().Replace(Port().Replace(line, "host"), "v1.store.");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex(@"v1\.[a-z0-9]{6}\.")]
    private static partial Regex StoreName();
}
