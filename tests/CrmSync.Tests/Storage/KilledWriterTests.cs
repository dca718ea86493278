using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>Kills a writing process without warning: what it was told is stored must be there.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const string DirectoryVariable = "CRMSYNC_TEST_WRITER_DIRECTORY";
    private const string PipeVariable = "CRMSYNC_TEST_WRITER_PIPE";
    private const int Writers = 8;
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Loses_nothing_that_was_acknowledged()
    {
        foreach (var acknowledgements in new[] { 1, 200, 1500 })
        {
            var acknowledged = await KillAfterAsync(acknowledgements);
            await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
            var stored = _directory.Rows("SELECT delivery FROM inbox").ToHashSet();
            Assert.Empty(acknowledged.Except(stored));
            var verdict = await AuditVerifier.VerifyAsync(store.ReadRowsAsync(0, Stop), cancellationToken: Stop);
            Assert.True(verdict.IsWhole, verdict.Fault?.Message);
            Assert.Equal(stored.Count, verdict.Rows);
        }
    }

    /// <summary>The writing process: started by the test above, run by nobody else.</summary>
    [Fact(Explicit = true)]
    public async Task Writes_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is not { } directory) return;
        using var pipe = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(PipeVariable)!, PipeDirection.Out);
        await pipe.ConnectAsync(Stop);
        await using var store = await SqliteStore.OpenAsync(directory, Stop);
        using var acknowledged = new StreamWriter(pipe) { AutoFlush = true };
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(store, acknowledged))));
    }

    private static async Task WriteAsync(SqliteStore store, StreamWriter acknowledged)
    {
        while (true)
        {
            var delivery = Guid.NewGuid().ToString("N");
            var pass = new LeadPass { Taken = new("none", 0, 0), Audit = [Some.Observed("key-a")], Follow = [new(delivery, "a")] };
            await store.RecordAsync("main", [pass], T0, Stop);
            lock (acknowledged) acknowledged.WriteLine(delivery);
        }
    }

    private async Task<List<string>> KillAfterAsync(int acknowledgements)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"crmsync-{Environment.ProcessId}-{Guid.NewGuid():N}");
        using var pipe = new NamedPipeServerStream(name, PipeDirection.In);
        using var writer = Start(name);
        await pipe.WaitForConnectionAsync(Stop);
        using var reader = new StreamReader(pipe);
        var acknowledged = new List<string>();
        while (acknowledged.Count < acknowledgements && await reader.ReadLineAsync(Stop) is { } line) acknowledged.Add(line);
        writer.Kill();
        await writer.WaitForExitAsync(Stop);
        // What was said before the end counts as well; a line cut in the middle does not.
        while (await reader.ReadLineAsync(Stop) is { Length: 32 } line) acknowledged.Add(line);
        return acknowledged;
    }

    private Process Start(string pipe)
    {
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(KilledWriterTests).Assembly.Location, null))
        {
            ArgumentList = { "-explicit", "only", "-method", $"{typeof(KilledWriterTests).FullName}.{nameof(Writes_until_it_is_killed)}" },
            Environment = { [DirectoryVariable] = _directory.Name, [PipeVariable] = pipe },
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
