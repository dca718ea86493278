using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>The copy that is made before a migration, and what becomes of it when the migration is broken off and gone on with.</summary>
public sealed class MigrationCopyTests : IDisposable
{
    private const int Old = 3;
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Copy => BackupFolder.FileOfSchema(_directory.Name, Old);

    public MigrationCopyTests()
    {
        using var store = SqliteConnections.Create(_directory.Database);
        store.Script($"BEGIN; {SchemaV1.Sql} {SchemaV2.Sql} {SchemaV3.Sql} PRAGMA user_version={Old}; COMMIT;");
        RememberedTable.Set(store, "main", "whose", "the store");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_copy_that_was_finished_is_not_made_again()
    {
        Begin();
        Sign(Copy, "the first copy");
        await OpenAsync();
        Assert.Equal([Copy], Directory.GetFiles(_directory.File("backups")));
        Assert.Equal("the first copy", Signature(Copy));
        Assert.Equal(SqliteSchema.Newest, _directory.Sql("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_store_that_is_half_migrated_is_not_copied_beside_it()
    {
        Begin();
        _directory.Sql($"BEGIN; {SchemaV4.Sql} PRAGMA user_version={Old + 1}; COMMIT;");
        await OpenAsync();
        Assert.Equal([Copy], Directory.GetFiles(_directory.File("backups")));
        Assert.Equal(Old, (await SqliteBackup.VerifyAsync(Copy, [], Stop)).Schema);
    }

    [Fact]
    public async Task A_copy_that_is_lost_or_damaged_is_made_anew()
    {
        Begin();
        await File.WriteAllTextAsync(Copy, "half a copy", Stop);
        await OpenAsync();
        Assert.Equal("the store", Signature(Copy));
    }

    [Fact]
    public async Task A_copy_of_another_time_is_replaced()
    {
        Begin();
        Sign(Copy, "another time");
        // The migration came to its end, a backup was put back, and was worked on by the version before.
        _directory.Sql("DELETE FROM remembered WHERE name = 'migrating-from'");
        await OpenAsync();
        Assert.Equal("the store", Signature(Copy));
    }

    [Fact]
    public async Task A_migration_that_is_done_leaves_no_note()
    {
        Begin();
        await OpenAsync();
        Assert.Empty(_directory.Rows("SELECT value FROM remembered WHERE name = 'migrating-from'"));
        Assert.Empty(Rows(Copy, "SELECT value FROM remembered WHERE name = 'migrating-from'"));
        using (var session = SqliteConnections.Open(_directory.Database, SqliteUse.Write))
            MigrationNote.Write(session, Old);
        await OpenAsync();
        Assert.Empty(_directory.Rows("SELECT value FROM remembered WHERE name = 'migrating-from'"));
    }

    /// <summary>As far as a worker came that was killed right after the copy.</summary>
    private void Begin()
    {
        using var session = SqliteConnections.Open(_directory.Database, SqliteUse.Write);
        SqliteBackup.BeforeMigration(session, _directory.Name);
    }

    private async Task OpenAsync() => await (await SqliteStore.OpenAsync(_directory.Name, Stop)).DisposeAsync();

    private static void Sign(string file, string whose) => Rows(file, $"UPDATE remembered SET value = '{whose}' WHERE name = 'whose'");

    private static string? Signature(string file) => Rows(file, "SELECT value FROM remembered WHERE name = 'whose'").Single();

    private static List<string> Rows(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
