using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrmSync.Benchmarks.Load;

/// <summary>
/// One sender as a webhook sender is: sends, waits for the answer, sends the next. A raw socket, because an HTTP client
/// would cost more than the server that is measured.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _buffer = new byte[8192];
    private readonly PreparedRequests _requests;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _deadline;
    private long _sentAt;
    private int _received;

    public LoadConnection(PreparedRequests requests)
    {
        _requests = requests;
        _receive.Completed += (_, _) => Received();
    }

    /// <summary>Stopwatch ticks from sending to the whole answer, in order.</summary>
    public List<long> Latencies { get; } = new(16 * 1024);

    public Dictionary<int, int> Statuses { get; } = [];

    public void Connect(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>Completes after the answer that came behind the deadline, or when no request is left.</summary>
    public Task RunAsync(long deadline)
    {
        _deadline = deadline;
        if (Send())
            Await();
        return _done.Task;
    }

    public void Dispose()
    {
        _receive.Dispose();
        _socket.Dispose();
    }

    private bool Send()
    {
        if (Stopwatch.GetTimestamp() >= _deadline || !_requests.TryTake(out var request))
        {
            _done.TrySetResult();
            return false;
        }
        _received = 0;
        _sentAt = Stopwatch.GetTimestamp();
        _socket.Send(request);
        return true;
    }

    private void Await()
    {
        do
            _receive.SetBuffer(_buffer, _received, _buffer.Length - _received);
        while (!_socket.ReceiveAsync(_receive) && Take());
    }

    private void Received()
    {
        if (Take())
            Await();
    }

    /// <summary>Whether more is to be received.</summary>
    private bool Take()
    {
        try
        {
            if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0)
                throw new IOException($"The server hung up ({_receive.SocketError}).");
            _received += _receive.BytesTransferred;
            var status = HttpAnswer.Status(_buffer.AsSpan(0, _received));
            if (status == 0)
                return true;
            Latencies.Add(Stopwatch.GetTimestamp() - _sentAt);
            Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
            return Send();
        }
        catch (Exception failure) when (failure is IOException or SocketException or InvalidDataException)
        {
            _done.TrySetException(failure);
            return false;
        }
    }
}
