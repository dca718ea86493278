using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

/// <summary>Somebody with the file in hand changes what was recorded: <c>audit verify</c> finds it.</summary>
public sealed class AuditTamperTests(ITestOutputHelper output)
{
    private static readonly int Ways = RunPlan.IsLong ? 1_000 : 60;
    private const string Anchors = "anchors.jsonl";

    [Fact]
    public async Task Every_change_of_the_audit_is_found()
    {
        await using var run = new Simulation(new() { Seed = 3 }, RunPlan.IsLong ? 60 : 16, TimeSpan.FromDays(1), kills: 0) { For = "tampering" };
        await run.RunAsync(_ => { });
        var (found, missed) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        var ways = AuditTampering.Draw((int)run.Rig.AuditLength(), Ways, new(1));
        foreach (var way in ways)
        {
            // What was cut nothing in the file tells: that is what anchors are for. The rest is found without them.
            var directory = Copy(run.Rig.DataDirectory, way.Kind == AuditTampering.Cut);
            way.Do(directory);
            var exit = await VerifyAsync(directory);
            found[way.Kind] = found.GetValueOrDefault(way.Kind) + 1;
            if (exit != 65)
                missed.Add($"{way.Kind}, {way.What}: exit {exit}");
            Directory.Delete(directory, recursive: true);
        }
        output.Tell($"{ways.Count} changes of the audit: {string.Join(", ", found.Select(f => $"{f.Key} {f.Value}"))}; missed {missed.Count}");
        Assert.Empty(missed);
        Assert.Equal(5, found.Count);
        Assert.Equal(Ways, ways.Select(way => way.What).Distinct().Count());
    }

    [Fact]
    public async Task An_untouched_audit_verifies()
    {
        await using var run = new Simulation(new() { Seed = 3 }, 4, TimeSpan.FromHours(6), kills: 0) { For = "tampering" };
        await run.RunAsync(_ => { });
        var directory = Copy(run.Rig.DataDirectory, withAnchors: true);

        Assert.Equal(0, await VerifyAsync(directory));

        Directory.Delete(directory, recursive: true);
    }

    private static async Task<int> VerifyAsync(string directory)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new CrmSync.Worker.Commands.Shell.CommandWorld(output, error, TimeProvider.System, _ => new CollectedLogs(), _ => { });
        var anchors = Path.Combine(directory, Anchors);
        return await CrmSync.Worker.Commands.CommandRoot.RunAsync(
            world, ["audit", "verify", "--json", "--data", directory, .. File.Exists(anchors) ? ["--anchors", anchors] : (string[])[]], CancellationToken.None);
    }

    private static string Copy(string directory, bool withAnchors)
    {
        var copy = Directory.CreateTempSubdirectory("crmsync-tamper-").FullName;
        foreach (var file in Directory.EnumerateFiles(directory).Where(f => Path.GetFileName(f) is "crmsync.db" or "crmsync.db-wal" || (withAnchors && Path.GetFileName(f) is Anchors)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
