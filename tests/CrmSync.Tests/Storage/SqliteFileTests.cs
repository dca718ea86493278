using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>What may be wrong with the file, its directory and its neighbours.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("SQLite format 3\0")]
    [InlineData("Dear diary, this is no database at all. Dear diary, this is no database at all. Dear diary, this is no database.")]
    public async Task Leaves_a_foreign_file_as_it_is(string content)
    {
        await File.WriteAllTextAsync(_directory.Database, content, Stop);
        Assert.Equal(StoreFailure.Damaged, await FailureOfOpeningAsync());
        Assert.Equal(content, await File.ReadAllTextAsync(_directory.Database, Stop));
    }

    [Fact]
    public async Task Refuses_a_database_of_another_program()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_directory.Database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE diary(day TEXT)";
            command.ExecuteNonQuery();
        }
        Assert.Equal(StoreFailure.Damaged, await FailureOfOpeningAsync());
    }

    [Fact]
    public async Task Refuses_a_file_that_was_cut_short()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(_directory.Database, Stop);
        await File.WriteAllBytesAsync(_directory.Database, bytes[..(bytes.Length / 2)], Stop);
        Assert.Equal(StoreFailure.Damaged, await FailureOfOpeningAsync());
        Assert.Equal(bytes.Length / 2, new FileInfo(_directory.Database).Length);
    }

    [Fact]
    public async Task Refuses_a_file_whose_pages_are_corrupt()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(_directory.Database, Stop);
        Array.Fill<byte>(bytes, 0xA5, 4096, bytes.Length - 8192);
        await File.WriteAllBytesAsync(_directory.Database, bytes, Stop);
        Assert.Equal(StoreFailure.Damaged, await FailureOfOpeningAsync());
    }

    [Fact]
    public async Task Refuses_a_schema_newer_than_its_own()
    {
        await FillAsync();
        _directory.Sql("PRAGMA user_version=999");
        var failure = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenAsync(_directory.Name, Stop));
        Assert.Equal(StoreFailure.Damaged, failure.Failure);
        Assert.Contains("needs a newer crmsync", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brings_a_file_of_the_first_schema_up_to_date_with_all_that_is_in_it()
    {
        using (var first = SqliteConnections.Create(_directory.Database))
        {
            first.Script($"BEGIN; {SchemaV1.Sql} {SchemaV2.Sql} {SchemaV3.Sql} COMMIT;");
            LeadTable.Save(first, Some.Lead("a"));
            IntentTable.Save(first, Some.Intent("t1", "a"));
            first.Script("""
                DROP INDEX lead_states_companies; DROP INDEX intents_companies; ALTER TABLE lead_states DROP COLUMN company;
                ALTER TABLE intents DROP COLUMN company; DROP TABLE activities; PRAGMA user_version=1;
                """);
        }
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        Assert.Equal(SqliteSchema.Newest.ToString(System.Globalization.CultureInfo.InvariantCulture), _directory.Rows("PRAGMA user_version").Single());
        Assert.Equal("key-a", (await store.FindAsync("main", ["a"], Stop))["a"].LeadKey);
        // The way back: the store as it was, by a name of its schema.
        var before = Assert.Single(Directory.GetFiles(_directory.File("backups")));
        Assert.Equal(("before-leaving-schema-1.db", 1L), (Path.GetFileName(before), (await SqliteBackup.VerifyAsync(before, [], Stop)).Schema));
        var intent = Assert.Single(await store.IntentsAsync("main", [IntentState.Pending], 10, T0, Stop));
        Assert.Null(intent.Body.Activities);
        var activity = new LeadActivity { Key = "task/key-a/1", LeadId = "a", Kind = ActivityKind.Task };
        await store.SettleAsync([new(intent with { State = IntentState.Applied, SettledAt = T0 }) { Activities = [activity] }], T0, Stop);
        Assert.Equal(activity.Key, Assert.Single(await store.ActivitiesAsync("main", 10, T0, Stop)).Activity.Key);
    }

    [Fact]
    public async Task Says_that_there_is_no_store_to_read()
    {
        var failure = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenReadOnlyAsync(_directory.Name, Stop));
        Assert.Equal(StoreFailure.Missing, failure.Failure);
        Assert.Empty(Directory.GetFiles(_directory.Name));
    }

    [Fact]
    public async Task Says_that_the_data_directory_cannot_be_written()
    {
        // A file where the directory should be: unlike a mode, it stops root as well.
        await File.WriteAllTextAsync(_directory.File("data"), "", Stop);
        var failure = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenAsync(_directory.File("data"), Stop));
        Assert.Equal(StoreFailure.NotWritable, failure.Failure);
    }

    [Fact]
    public async Task Names_the_program_that_locks_the_file_without_waiting_for_it_long()
    {
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        other.Open();
        using (other.BeginTransaction())
        {
            var failure = await Assert.ThrowsAsync<StoreException>(() => store.AcceptAsync("main", [new("d1", "a")], T0, Stop));
            Assert.Equal(StoreFailure.Locked, failure.Failure);
        }
        Assert.Equal(1, await store.AcceptAsync("main", [new("d1", "a")], T0, Stop));
    }

    [Fact]
    public async Task Reads_and_asks_beside_a_running_worker()
    {
        await using var worker = await SqliteStore.OpenAsync(_directory.Name, Stop);
        await using var command = await SqliteStore.OpenBesideAsync(_directory.Name, Stop);
        await using var reader = await SqliteStore.OpenReadOnlyAsync(_directory.Name, Stop);
        var id = await command.AskAsync("go-live", "{}", T0, Stop);
        await worker.AnswerAsync(id, "done", T0, Stop);
        Assert.Equal("done", await reader.AnswerOfAsync(id, Stop));
        Assert.Equal(worker.StoreId, reader.StoreId);
    }

    [Fact]
    public async Task Holds_grants_only_in_cipher_and_its_keys_for_their_owner()
    {
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        await ((IGrantStore)store).SaveAsync("main", new(new("refresh-canary"), null, null), Stop);
        foreach (var file in Directory.GetFiles(_directory.Name, "crmsync.db*"))
            Assert.DoesNotContain("refresh-canary", await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
        foreach (var key in Directory.GetFiles(_directory.File("keys")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(key));
    }

    [Fact]
    public async Task Asks_to_connect_anew_when_the_keys_are_lost()
    {
        await using (var store = await SqliteStore.OpenAsync(_directory.Name, Stop))
            await ((IGrantStore)store).SaveAsync("main", new(new("refresh-canary"), null, null), Stop);
        Directory.Delete(_directory.File("keys"), recursive: true);
        await using var again = await SqliteStore.OpenAsync(_directory.Name, Stop);
        var failure = await Assert.ThrowsAsync<CrmException>(() => ((IGrantStore)again).ReadAsync("main", Stop));
        Assert.Equal(CrmFailure.Unauthorised, failure.Failure);
        Assert.Contains("crmsync auth login main", failure.Repair, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_a_data_directory_to_one_instance()
    {
        using (DataLock.Acquire(_directory.Name))
        {
            var failure = Assert.Throws<StoreException>(() => DataLock.Acquire(_directory.Name));
            Assert.Equal(StoreFailure.Busy, failure.Failure);
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", failure.Message, StringComparison.Ordinal);
        }
        DataLock.Acquire(_directory.Name).Dispose();
    }

    private async Task<StoreFailure> FailureOfOpeningAsync() =>
        (await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenAsync(_directory.Name, Stop))).Failure;

    private async Task FillAsync()
    {
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        await store.AcceptAsync("main", [.. Enumerable.Range(0, 500).Select(i => new InboxEntry($"d{i}", $"lead{i}"))], T0, Stop);
    }
}
