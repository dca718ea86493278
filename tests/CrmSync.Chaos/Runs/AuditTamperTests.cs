using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;
using Microsoft.Data.Sqlite;

namespace CrmSync.Chaos.Runs;

/// <summary>Somebody with the file in hand changes what was recorded: <c>audit verify</c> finds it.</summary>
public sealed class AuditTamperTests(ITestOutputHelper output)
{
    private static readonly int Ways = RunPlan.IsLong ? 1_000 : 60;
    private static readonly string[] Columns = ["kind", "transition_id", "lead_key", "episode", "from_stage", "to_stage", "handover_state", "at", "actor", "rule_set_hash", "evidence_hash", "previous_hash", "hash"];

    [Fact]
    public async Task Every_change_of_the_audit_is_found()
    {
        await using var run = new Simulation(new() { Seed = 3 }, 16, TimeSpan.FromDays(1), kills: 0);
        await run.RunAsync(_ => { });
        var (found, missed, draw) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>(), new KeyedDraw(1));
        for (var n = 0; n < Ways; n++)
        {
            var directory = Copy(run.Rig.DataDirectory);
            var (kind, what) = Tamper(directory, draw, n);
            var exit = await VerifyAsync(directory);
            found[kind] = found.GetValueOrDefault(kind) + 1;
            if (exit != 65)
                missed.Add($"{n}: {kind}, {what}: exit {exit}");
            Directory.Delete(directory, recursive: true);
        }
        output.Tell($"{Ways} changes of the audit: {string.Join(", ", found.Select(f => $"{f.Key} {f.Value}"))}; missed {missed.Count}");
        Assert.Empty(missed);
        Assert.Equal(5, found.Count);
    }

    [Fact]
    public async Task An_untouched_audit_verifies()
    {
        await using var run = new Simulation(new() { Seed = 3 }, 4, TimeSpan.FromHours(6), kills: 0);
        await run.RunAsync(_ => { });
        var directory = Copy(run.Rig.DataDirectory);

        Assert.Equal(0, await VerifyAsync(directory));

        Directory.Delete(directory, recursive: true);
    }

    private static (string Kind, string What) Tamper(string directory, KeyedDraw draw, int n)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(directory, "crmsync.db")};Pooling=False");
        file.Open();
        Run(file, "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; DROP TRIGGER audit_is_not_replaced; DROP INDEX audit_decided; DROP INDEX audit_ended;");
        var rows = Number(file, "SELECT count(*) FROM audit");
        var (row, other) = (1 + draw.Below((int)rows - 1, $"{n}/row"), 1 + draw.Below((int)rows - 1, $"{n}/other"));
        switch (n % 5)
        {
            case 0:
                var column = Columns[draw.Below(Columns.Length, $"{n}/column")];
                Run(file, $"UPDATE audit SET {column} = coalesce({column}, '') || 'x' WHERE sequence = {row}");
                return ("changed", $"{column} of {row}");
            case 1:
                Run(file, $"DELETE FROM audit WHERE sequence = {row}");
                return ("deleted", $"{row} of {rows}");
            case 2:
                Run(file, $"""
                    UPDATE audit SET sequence = -sequence WHERE sequence > {row};
                    UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0;
                    INSERT INTO audit SELECT {row + 1}, kind, transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor, rule_set_hash, evidence_hash, hash, hash FROM audit WHERE sequence = {row};
                    """);
                return ("inserted", $"after {row}");
            case 3:
                Run(file, $"UPDATE audit SET sequence = 0 - {row} WHERE sequence = {row}; UPDATE audit SET sequence = {row} WHERE sequence = {row + 1}; UPDATE audit SET sequence = {row + 1} WHERE sequence = 0 - {row};");
                return ("reordered", $"{row} and the next");
            default:
                Run(file, $"DELETE FROM audit WHERE sequence > {Math.Min(row, other)}");
                return ("cut", $"after {Math.Min(row, other)} of {rows}");
        }
    }

    private static async Task<int> VerifyAsync(string directory)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new CrmSync.Worker.Commands.Shell.CommandWorld(output, error, TimeProvider.System, _ => new CollectedLogs(), _ => { });
        return await CrmSync.Worker.Commands.CommandRoot.RunAsync(world, ["audit", "verify", "--json", "--data", directory, "--anchors", Path.Combine(directory, "anchors.jsonl")], CancellationToken.None);
    }

    private static string Copy(string directory)
    {
        var copy = Directory.CreateTempSubdirectory("crmsync-tamper-").FullName;
        foreach (var file in Directory.EnumerateFiles(directory).Where(f => Path.GetFileName(f) is "crmsync.db" or "crmsync.db-wal" or "anchors.jsonl"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private static void Run(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
