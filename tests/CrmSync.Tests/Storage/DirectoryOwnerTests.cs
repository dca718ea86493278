using System.Diagnostics;
using CrmSync.Tests.Commands;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>Only its owner writes to a data directory: what root made there, the worker could not read.</summary>
public sealed class DirectoryOwnerTests
{
    private const uint Root = 0, Worker = 1654, Admin = 1000;

    /// <param name="store">The owner of the store; null: there is none yet.</param>
    [Theory]
    [InlineData(Worker, true, Worker, Worker, null)]
    [InlineData(Root, true, Worker, Worker, Worker)] // an admin as root, beside a worker
    [InlineData(Admin, false, Worker, Worker, Worker)]
    [InlineData(Admin, true, Worker, Admin, Worker)] // a directory of one's own with another's store in it
    [InlineData(Root, true, Root, Root, null)] // somebody's own way to run it
    [InlineData(Worker, true, Worker, Root, null)] // a volume that is root's and lent to a group
    [InlineData(Worker, false, Root, Root, Root)] // root has begun it
    [InlineData(Root, true, null, Worker, Worker)] // made for the service, which has not run yet
    [InlineData(Root, true, null, Root, null)]
    [InlineData(Worker, true, null, Root, null)]
    [InlineData(Worker, true, null, Admin, null)] // a directory of the host's, open to all
    [InlineData(Worker, false, null, Root, null)] // not another's but not writable, which is said as such
    [InlineData(Admin, false, null, Worker, Worker)] // shut, so that the store in it is not seen
    public void The_owner_of_the_store_writes_and_before_there_is_one_whoever_may(uint mine, bool mayWrite, uint? store, uint directory, uint? other) =>
        Assert.Equal(other, DirectoryOwner.Other("d", "d/s", mine, mayWrite, path => path == "d" ? directory : store));

    [Fact]
    public void Where_no_owner_is_told_nobody_is_refused() => Assert.Null(DirectoryOwner.Other("d", "d/s", null, true, _ => Worker));

    [Fact]
    public void Nobody_is_sent_to_root()
    {
        var (rooted, others) = (DirectoryOwner.Refusal("/data", Root).Repair, DirectoryOwner.Refusal("/data", 4_000_000_000).Repair);
        Assert.DoesNotContain("Run it as root", rooted, StringComparison.Ordinal);
        Assert.DoesNotContain("sudo -u", rooted, StringComparison.Ordinal);
        Assert.Contains($"sudo chown -R {ProcessUser.Id} /data", rooted, StringComparison.Ordinal);
        Assert.Contains("sudo -u '#4000000000'", others, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_a_file_is_the_system_tells()
    {
        using var directory = new ScratchDirectory();
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux is asked.");
        Assert.Equal(ProcessUser.Number, FileOwner.Of(directory.Name));
        Assert.Null(FileOwner.Of(directory.File("nothing")));
        Assert.Equal("root", FileOwner.NameOf(0));
        Assert.Equal("#4000000000", FileOwner.NameOf(4_000_000_000));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("backup")]
    [InlineData("quarantine", "drop", "main")]
    [InlineData("restore", "FILE")]
    [InlineData("run")]
    [InlineData("auth", "login", "grants")]
    [InlineData("check")]
    public async Task Root_is_told_to_do_it_as_the_owner(params string[] command)
    {
        using var bench = await new CommandBench("""{"Connections":{"main":{"Crm":"hubspot","Token":"x"},"grants":{"Crm":"hubspot","ClientId":"a","ClientSecret":"b"}}}""").WithEmptyStoreAsync();
        await GiveAsync(bench.Directory.Name);
        var before = Directory.GetFileSystemEntries(bench.Directory.Name);
        Assert.Equal(77, await bench.RunAsync([.. command.Select(word => word == "FILE" ? bench.Directory.Database : word), "--json"]).WaitAsync(TestContext.Current.CancellationToken));
        var problem = bench.Json.GetProperty("error").GetProperty("problems")[0];
        Assert.Equal("store-otheruser", bench.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("belong to the user", problem.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains("sudo -u", problem.GetProperty("repair").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(bench.Directory.Name));
    }

    [Fact]
    public async Task What_only_reads_root_may_do_and_leaves_nothing_of_its_own()
    {
        using var bench = await new CommandBench().WithEmptyStoreAsync();
        await GiveAsync(bench.Directory.Name);
        Assert.True(await bench.RunAsync("quarantine", "list") == 0, bench.Error);
        await using (var store = await SqliteStore.OpenReadOnlyAsync(bench.Directory.Name, TestContext.Current.CancellationToken))
            Assert.All(Directory.GetFiles(bench.Directory.Name, "crmsync.db*"), file => Assert.Equal(Worker, FileOwner.Of(file)));
    }

    private static async Task GiveAsync(string directory)
    {
        if (!OperatingSystem.IsLinux() || ProcessUser.Number != Root)
            Assert.Skip("Only root gives files away.");
        using var chown = Process.Start("chown", ["-R", "1654", directory]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Worker, FileOwner.Of(directory));
    }
}
