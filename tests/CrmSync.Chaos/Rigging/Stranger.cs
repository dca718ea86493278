using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Rigging;

/// <summary>A host that nobody configured. Whoever comes here has followed where an answer pointed, be it below everything that is tapped.</summary>
internal sealed class Stranger : IAsyncDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray();

    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<WireCall> _calls = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _clock;
    private readonly Task _listening;

    public Stranger(TimeProvider clock)
    {
        _clock = clock;
        _door.Start();
        Address = new($"http://{_door.LocalEndpoint}/elsewhere");
        _listening = ListenAsync();
    }

    public Uri Address { get; }

    /// <summary>Connections, as <c>CONNECT</c>, and the requests that came over them.</summary>
    public IReadOnlyList<WireCall> Calls => [.. _calls];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _door.Dispose();
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var caller = await _door.AcceptTcpClientAsync(_end.Token);
                Note("CONNECT", "");
                using var reader = new StreamReader(caller.GetStream());
                if (await reader.ReadLineAsync(_end.Token) is { } line && line.Split(' ') is [var method, var path, ..])
                    Note(method, path);
                await caller.GetStream().WriteAsync(Answer, _end.Token);
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // Who leaves early was here all the same.
            }
        }
    }

    private void Note(string method, string path) => _calls.Enqueue(new(_clock.GetUtcNow(), Address.Authority, method, path));
}
