using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The real process: what it says when it runs, and what <c>docker stop</c> does, SIGTERM.</summary>
public sealed partial class StopTests : IAsyncLifetime
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

    [Fact]
    public async Task A_worker_that_runs_says_by_which_rules_and_that_it_is_the_one_that_writes()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "sal-rules.yaml"), RuleSamples.ShippedText, TestContext.Current.CancellationToken);
        using var worker = WorkerProcess.Start(_data, Environment.Where(e => e.Key != "NOTIFY_SOCKET").ToDictionary());
        for (var i = 0; i < 300 && !worker.Output.Contains("runs 1 connections", StringComparison.Ordinal); i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Contains($"""runs 1 connections by the rules in \"{Path.Combine(_data, "sal-rules.yaml")}\";""", worker.Output, StringComparison.Ordinal);
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(new Uri(Administration().Match(worker.Output).Groups[1].Value), "/metrics"), TestContext.Current.CancellationToken);
        Assert.Contains("\ncrmsync_leader 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\ncrmsync_lease_epoch 1\n", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("""administration at (?:\\")?(http://[0-9.:]+)""")]
    private static partial Regex Administration();

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
