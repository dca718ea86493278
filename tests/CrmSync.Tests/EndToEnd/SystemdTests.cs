using System.Net.Sockets;
using System.Text;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What systemd hears of a service of the type notify.</summary>
public sealed class SystemdTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-notify-").FullName;
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
    private readonly FakeTimeProvider _clock = new();

    public SystemdTests() => _systemd.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "notify")));

    public void Dispose()
    {
        _systemd.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Hears_that_it_is_ready_that_it_lives_and_that_it_stops()
    {
        var hearts = new Heartbeats(_clock);
        using var life = new Life();
        using var service = new SystemdService(new(Path.Combine(_directory, "notify"), Patience), hearts, life, _clock);
        await service.StartAsync(TestContext.Current.CancellationToken);
        life.Start();
        Assert.Equal("READY=1", Heard());
        hearts.Beat("main");
        _clock.Advance(Patience / 2);
        Assert.Equal("WATCHDOG=1", Heard());
        life.StopApplication();
        Assert.Equal("STOPPING=1", Heard());
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Is_not_fed_for_a_loop_that_stands_still()
    {
        var hearts = new Heartbeats(_clock);
        using var life = new Life();
        using var service = new SystemdService(new(Path.Combine(_directory, "notify"), Patience), hearts, life, _clock);
        await service.StartAsync(TestContext.Current.CancellationToken);
        hearts.Beat("main");
        _clock.Advance(Heartbeats.Longest + Patience);
        Assert.False(_systemd.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectRead));
        life.StopApplication();
        Assert.Equal("STOPPING=1", Heard());
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_socket_that_is_gone_does_no_harm() => new SystemdSocket(Path.Combine(_directory, "nobody"), null).Send("READY=1");

    private string Heard()
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }

    private sealed class Life : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => _started.Token;
        public CancellationToken ApplicationStopping => _stopping.Token;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void StopApplication() => _stopping.Cancel();

        public void Dispose()
        {
            _started.Dispose();
            _stopping.Dispose();
        }
    }
}
