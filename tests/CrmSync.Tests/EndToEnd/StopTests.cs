using System.Net.Sockets;
using System.Text;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What <c>docker stop</c> does: SIGTERM to the real process.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("crmsync-stop-").FullName;
    private SandboxHost _sandbox = null!;
    private AccountCard _account = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new());
        _account = _sandbox.Control.Reset(new() { Accounts = new Dictionary<string, int> { ["hubspot"] = 1 } }).Accounts[0];
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_worker_that_waits_for_its_crm_stops_in_order_and_leaves_its_anchor()
    {
        _sandbox.Control.AddFault(new() { Crm = "hubspot", Fault = "delay", Seconds = 30 });
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(Path.Combine(_data, "notify")));
        using var worker = WorkerProcess.Start(_data, Environment);
        for (var i = 0; i < 300 && !worker.Output.Contains("runs 1 connections", StringComparison.Ordinal); i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal("READY=1", Heard(systemd));
        Assert.Equal(0, await worker.StopAsync());
        Assert.Equal("STOPPING=1", Heard(systemd));

        Assert.Contains("Stopped. The audit's head is", worker.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_data, "anchors.jsonl")));
        Assert.False(File.Exists(Path.Combine(_data, "crmsync.db-wal")));
        _sandbox.Control.ClearFaults();
    }

    private static string Heard(Socket systemd)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, systemd.Receive(buffer));
    }

    private Dictionary<string, string> Environment => new()
    {
        ["NOTIFY_SOCKET"] = Path.Combine(_data, "notify"),
        ["CRMSYNC__Connections__main__Crm"] = "hubspot",
        ["CRMSYNC__Connections__main__AccountId"] = _account.AccountId,
        ["CRMSYNC__Connections__main__BaseUrl"] = _account.BaseUrl,
        ["CRMSYNC__Connections__main__Token"] = _account.Token,
        ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
        ["CRMSYNC__Webhooks__Port"] = "0",
        ["CRMSYNC__Admin__Port"] = "0",
    };
}
