using System.Diagnostics;
using System.Net;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What disks, other programs and a second start do to the built program: it goes on where it can, and says why where it cannot.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private const int Leads = 6;
    private const int Page = 4096;
    private readonly string _data = Directory.CreateTempSubdirectory("crmsync-fault-").FullName;
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", "-l", _data);
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_turns_webhooks_away_and_loses_nothing()
    {
        Mount("24m");
        await using var rig = await ProgramRig.StartAsync(_data, Leads, 300);
        using var worker = await rig.StartLiveAsync();
        Assert.Equal(HttpStatusCode.OK, await rig.SendAsync());
        var filler = Path.Combine(_data, "filler");
        Fill(filler);
        for (var lead = 0; lead < Leads; lead++)
            rig.RaiseHand(lead);
        await rig.UntilAsync("a webhook is turned away", worker, async () => await rig.SendAsync() == HttpStatusCode.ServiceUnavailable);

        File.Delete(filler);

        await rig.UntilAsync("webhooks are taken again", worker, async () => await rig.SendAsync() == HttpStatusCode.OK);
        await RestsAsync(rig, worker);
        Assert.Contains("The disk is full", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_program_holds_is_waited_for()
    {
        await using var rig = await ProgramRig.StartAsync(_data, Leads, 300);
        using var worker = await rig.StartLiveAsync();
        using (var other = new SqliteConnection($"Data Source={Path.Combine(_data, "crmsync.db")};Pooling=False"))
        {
            other.Open();
            using var hold = other.BeginTransaction(System.Data.IsolationLevel.Serializable);
            for (var lead = 0; lead < Leads; lead++)
                rig.RaiseHand(lead);
            await rig.UntilAsync("a webhook is turned away", worker, async () => await rig.SendAsync() == HttpStatusCode.ServiceUnavailable);
        }

        await rig.UntilAsync("webhooks are taken again", worker, async () => await rig.SendAsync() == HttpStatusCode.OK);
        await RestsAsync(rig, worker);
        Assert.Contains("Another program holds the store", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_instance_is_told_who_holds_the_data()
    {
        await using var rig = await ProgramRig.StartAsync(_data, Leads, 0);
        using var first = await rig.StartLiveAsync();
        using var second = rig.Start();

        Assert.Equal(75, await second.ExitAsync());
        Assert.Contains($"is held by process {first.Id} on {Environment.MachineName}", second.Output, StringComparison.Ordinal);
        await RestsAsync(rig, first, isOffered: false);
    }

    [Fact]
    public async Task A_volume_that_cannot_be_written_stops_the_start()
    {
        Mount("24m");
        await using var rig = await ProgramRig.StartAsync(_data, Leads, 0);
        using (var before = await rig.StartLiveAsync())
            Assert.Equal(0, await before.StopAsync());
        Run("mount", "-o", "remount,ro", _data);

        using var worker = rig.Start();

        Assert.Equal(73, await worker.ExitAsync());
        Assert.Contains(_data, worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_stops_the_start_and_stays_as_it_is()
    {
        await using var rig = await ProgramRig.StartAsync(_data, Leads, 300);
        using (var before = await rig.StartLiveAsync())
            Assert.Equal(0, await before.StopAsync());
        var file = Path.Combine(_data, "crmsync.db");
        var (whole, random) = (await File.ReadAllBytesAsync(file), new Random(7));
        foreach (var (what, start, length) in Places(rig.File).ToList())
        {
            var bytes = whole.ToArray();
            random.NextBytes(bytes.AsSpan(start, length));
            await File.WriteAllBytesAsync(file, bytes);

            using var worker = rig.Start();

            Assert.True(await worker.ExitAsync() == 65, $"{what}: {worker.Output}");
            Assert.Contains("Restore a backup", worker.Output, StringComparison.Ordinal);
            var after = await File.ReadAllBytesAsync(file);
            Assert.True(bytes.AsSpan().SequenceEqual(after), $"{what}: the file was changed");
        }
    }

    /// <summary>What SQLite reads before anything else, the pages right behind that, and the root of the audit.</summary>
    private static IEnumerable<(string What, int Start, int Length)> Places(StoreFile store)
    {
        yield return ("the schema", 100, Page - 100);
        yield return ("the pages behind the first", Page, 8 * Page);
        foreach (var name in new[] { "audit" })
            yield return (name, (int)(store.Number($"SELECT rootpage FROM sqlite_schema WHERE name = '{name}'") - 1) * Page, Page);
    }

    private static async Task RestsAsync(ProgramRig rig, WorkerProcess worker, bool isOffered = true)
    {
        await rig.SettledAsync(worker, lead => !isOffered || lead.Fields.GetValueOrDefault("crmsync_handover") == "waiting");
        Assert.Equal(0, await worker.StopAsync());
        var violations = HistoryChecker.Check(await rig.HistoryAsync());
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    private void Mount(string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "none", _data) == 0, "This machine lets nobody mount a small volume.");
        _isMounted = true;
    }

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
