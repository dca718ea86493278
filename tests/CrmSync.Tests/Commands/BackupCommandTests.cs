using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Commands;

/// <summary><c>backup</c> and <c>restore</c> at the command line.</summary>
public sealed class BackupCommandTests
{
    private static string Backups(CommandBench bench) => bench.Directory.File("backups");

    [Fact]
    public async Task A_folder_from_a_variable_that_is_not_set_is_told_as_that()
    {
        using var bench = await new CommandBench().WithEmptyStoreAsync();
        Assert.Equal(64, await bench.RunAsync("backup", "--to", ""));
        Assert.Contains("An argument is empty", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_beside_a_worker_holds_what_was_committed_and_is_the_owners_alone()
    {
        using var bench = new CommandBench();
        await using var store = await bench.OpenStoreAsync();
        await store.AppendAsync([Row(), Row()], TestContext.Current.CancellationToken);

        Assert.Equal(0, await bench.RunAsync("backup", "--json"));

        var file = bench.Json.GetProperty("file").GetString()!;
        Assert.Equal((2, true), (bench.Json.GetProperty("rows").GetInt32(), bench.Json.GetProperty("verified").GetBoolean()));
        Assert.Equal([file], Directory.EnumerateFiles(Backups(bench)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(CommandBench.Now.ToString("O"), await store.RememberedAsync("", "backed-up-at", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_newest_are_kept_and_what_bears_another_name_is_left_alone()
    {
        using var bench = await new CommandBench().WithEmptyStoreAsync();
        var folder = Directory.CreateDirectory(Backups(bench)).FullName;
        foreach (var name in new[] { "crmsync-20250101T000000000Z.db", "crmsync-20250102T000000000Z.db", "crmsync-20250103T000000000Z.db", "crmsync-mine.db", "before-leaving-schema-1.db" })
            File.WriteAllText(Path.Combine(folder, name), "x");

        Assert.Equal(0, await bench.RunAsync("backup", "--keep", "2"));

        Assert.Equal(
            ["before-leaving-schema-1.db", "crmsync-20250103T000000000Z.db", "crmsync-20260105T070000000Z.db", "crmsync-mine.db"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_whose_audit_was_changed_gives_no_backup_and_costs_none()
    {
        using var bench = new CommandBench();
        await using (var store = await bench.OpenStoreAsync())
            await store.AppendAsync([Row(), Row()], TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Backups(bench));
        await File.WriteAllTextAsync(Path.Combine(Backups(bench), "crmsync-20250101T000000000Z.db"), "x", TestContext.Current.CancellationToken);
        bench.Directory.Sql("DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'person:9' WHERE sequence = 1");

        Assert.Equal(65, await bench.RunAsync("backup", "--keep", "1"));

        Assert.Equal(["crmsync-20250101T000000000Z.db"], Directory.EnumerateFiles(Backups(bench)).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_restore_brings_back_the_rows_and_keeps_what_was_there()
    {
        using var bench = new CommandBench();
        await using (var store = await bench.OpenStoreAsync())
            await store.AppendAsync([Row()], TestContext.Current.CancellationToken);
        Assert.Equal(0, await bench.RunAsync("backup"));
        await using (var store = await bench.OpenStoreAsync())
            await store.AppendAsync([Row(), Row()], TestContext.Current.CancellationToken);
        var backup = Directory.EnumerateFiles(Backups(bench)).Single();

        Assert.True(await bench.RunAsync("restore", backup) == 0, bench.Error);

        Assert.Equal(["1"], bench.Directory.Rows("SELECT CAST(count(*) AS TEXT) FROM audit"));
        var kept = Assert.Single(Directory.EnumerateDirectories(bench.Directory.Name, "replaced-*"));
        Assert.True(File.Exists(Path.Combine(kept, "crmsync.db")));
        // The head that was given up lies with the anchors: by it the worker notices at its next start.
        Assert.Equal(3, (await Anchors.ReadAsync(bench.Directory.File(Anchors.FileName), TestContext.Current.CancellationToken))[^1].Sequence);
        await using var again = await bench.OpenStoreAsync();
        Assert.Equal(1, (await again.HeadAsync(TestContext.Current.CancellationToken)).Sequence);
    }

    [Fact]
    public async Task A_restore_is_refused_while_a_worker_holds_the_data()
    {
        using var bench = await new CommandBench().WithEmptyStoreAsync();
        Assert.Equal(0, await bench.RunAsync("backup"));
        using var held = DataLock.Acquire(bench.Directory.Name);
        Assert.Equal(75, await bench.RunAsync("restore", Directory.EnumerateFiles(Backups(bench)).Single()));
        Assert.Contains($"process {Environment.ProcessId}", bench.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(bench.Directory.Name, "replaced-*"));
    }

    [Theory]
    [InlineData("nothing.db", 64)]
    [InlineData("text.db", 65)]
    [InlineData("cut.db", 65)]
    [InlineData("changed.db", 65)]
    public async Task What_is_no_whole_backup_is_not_restored(string name, int exit)
    {
        using var bench = new CommandBench();
        await using (var store = await bench.OpenStoreAsync())
            await store.AppendAsync([Row(), Row()], TestContext.Current.CancellationToken);
        Assert.Equal(0, await bench.RunAsync("backup"));
        var good = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Backups(bench)).Single(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(bench.Directory.File("text.db"), new string('x', 5_000), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(bench.Directory.File("cut.db"), good[..(good.Length / 2)], TestContext.Current.CancellationToken);
        var actor = good.AsSpan().IndexOf("crmsync-actor"u8);
        good[actor + 1] ^= 1;
        await File.WriteAllBytesAsync(bench.Directory.File("changed.db"), good, TestContext.Current.CancellationToken);

        Assert.Equal(exit, await bench.RunAsync("restore", bench.Directory.File(name)));

        Assert.Equal(["2"], bench.Directory.Rows("SELECT CAST(count(*) AS TEXT) FROM audit"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Keep_is_a_number_of_backups(string keep)
    {
        using var bench = await new CommandBench().WithEmptyStoreAsync();
        Assert.Equal(64, await bench.RunAsync("backup", "--keep", keep));
    }

    [Fact]
    public async Task Without_a_store_there_is_nothing_to_back_up()
    {
        using var bench = new CommandBench();
        Assert.Equal(78, await bench.RunAsync("backup"));
        Assert.False(Directory.Exists(Backups(bench)));
    }

    private static AuditDraft Row() => new(AuditKind.Observed, null, "k1", null, "Lead", "Lead", null, CommandBench.Now, "crmsync-actor", null, null);
}
