using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CrmSync.Worker.Connections;
using Microsoft.Extensions.Hosting;

namespace CrmSync.Worker.Hosting;

/// <summary>
/// Tells systemd that the worker is there and that it stops, and feeds its watchdog as long as every loop comes round: one that
/// stands still is not fed for, and systemd starts the worker again.
/// </summary>
internal sealed class SystemdService(SystemdSocket socket, Heartbeats hearts, IHostApplicationLifetime life, TimeProvider clock) : BackgroundService
{
    /// <summary>Twice within the watchdog's patience: one that comes late does no harm.</summary>
    private readonly PeriodicTimer _timer = new((socket.Patience ?? TimeSpan.FromHours(1)) / 2, clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var started = life.ApplicationStarted.Register(() => socket.Send("READY=1"));
        using var stopping = life.ApplicationStopping.Register(() => socket.Send("STOPPING=1"));
        while (await _timer.WaitForNextTickAsync(stoppingToken))
            if (socket.Patience is not null && hearts.StandingStill().Count == 0)
                socket.Send("WATCHDOG=1");
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }
}

/// <summary>The socket that systemd names to a service of the type notify.</summary>
/// <param name="Address">A path, or a name that begins with @.</param>
/// <param name="Patience">How long the watchdog waits; null: there is none.</param>
internal sealed record SystemdSocket(string Address, TimeSpan? Patience)
{
    private const string AddressName = "NOTIFY_SOCKET";
    private const string PatienceName = "WATCHDOG_USEC";
    private const string WatchedName = "WATCHDOG_PID";

    /// <summary>Null: nobody listens.</summary>
    public static SystemdSocket? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(AddressName) is not { Length: > 1 } address || address[0] is not ('/' or '@'))
            return null;
        var isForUs = Environment.GetEnvironmentVariable(WatchedName) is not { Length: > 0 } id || id == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var patience = isForUs && long.TryParse(Environment.GetEnvironmentVariable(PatienceName), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : (TimeSpan?)null;
        return new(address, patience);
    }

    public void Send(string message)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(Address[0] == '@' ? $"\0{Address[1..]}" : Address));
        }
        catch (SocketException)
        {
            // Whoever listened is gone; the worker's own work goes on.
        }
    }
}
