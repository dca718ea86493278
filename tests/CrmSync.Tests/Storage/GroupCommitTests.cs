using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private const string Insert = "INSERT INTO remembered(connection, name, value) VALUES('', ?1, '')";
    private readonly ScratchDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly Session _session;

    public GroupCommitTests()
    {
        _database = SqliteDatabase.Open(_directory.Name, SqliteAccess.Own);
        _session = SqliteConnections.Open(_directory.Database, SqliteUse.Write);
    }

    public void Dispose()
    {
        _session.Dispose();
        _database.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Lets_a_failing_unit_fail_alone()
    {
        var (before, failing, after) = (Unit("a"), Unit("b", "b"), Unit("c"));
        new GroupCommit(_session).Run([before, failing, after]);
        Assert.Equal(1, await before.Task);
        Assert.Equal(1, await after.Task);
        Assert.Equal(StoreFailure.Conflict, (await Assert.ThrowsAsync<StoreException>(() => failing.Task)).Failure);
        Assert.Equal(["a", "c"], Names());
    }

    [Fact]
    public async Task Passes_on_what_a_unit_throws()
    {
        var failing = new WriteUnit<int>(_ => throw new InvalidDataException("mine"), CancellationToken.None);
        new GroupCommit(_session).Run([failing, Unit("a")]);
        await Assert.ThrowsAsync<InvalidDataException>(() => failing.Task);
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public async Task Leaves_out_a_unit_whose_caller_has_gone()
    {
        var gone = new WriteUnit<int>(session => session.Execute(Insert, "gone"), new CancellationToken(canceled: true));
        new GroupCommit(_session).Run([gone, Unit("a")]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.Task);
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public async Task Fails_the_whole_group_when_the_disk_is_full()
    {
        _session.Script("PRAGMA max_page_count=1");
        var (small, large) = (Unit("a"), Unit([.. Enumerable.Range(0, 5000).Select(i => $"name{i}")]));
        new GroupCommit(_session).Run([small, large]);
        Assert.Equal(StoreFailure.Full, (await Assert.ThrowsAsync<StoreException>(() => large.Task)).Failure);
        Assert.Equal(StoreFailure.Full, (await Assert.ThrowsAsync<StoreException>(() => small.Task)).Failure);
        Assert.Empty(Names());
        Assert.False(_session.InTransaction);
    }

    private static WriteUnit<int> Unit(params string[] names) =>
        new(session => names.Sum(name => session.Execute(Insert, name)), CancellationToken.None);

    private IEnumerable<string> Names() => _directory.Rows("SELECT name FROM remembered ORDER BY name");
}
