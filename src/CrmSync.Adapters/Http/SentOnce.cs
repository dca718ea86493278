namespace CrmSync.Adapters.Http;

/// <summary>
/// The runtime's client repeats a request without a body by itself, up to three times, when its connection ends before an answer comes:
/// beneath quota, deadlines and our own tries. Here the repetition fails instead, as the first one did, and whoever counts decides.
/// </summary>
internal sealed class SentOnce : DelegatingHandler
{
    private readonly AsyncLocal<Sending?> _sending = new();

    /// <summary>Watches what is written to a new connection. A proxy's tunnel is none yet: what goes through it is watched inside.</summary>
    public ValueTask<Stream> WatchAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken) =>
        new(context.InitialRequestMessage.Method == HttpMethod.Connect ? context.PlaintextStream : new Watched(context.PlaintextStream, this));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Set in an asynchronous method, so that it ends with it.
        var sending = _sending.Value = new();
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (sending.IsOut)
        {
            // The repetition that could not even be dialled says nothing of the first, which went out.
            throw new HttpRequestException(HttpRequestError.ResponseEnded, e.Message, e);
        }
    }

    private void Hold(Stream connection)
    {
        if (_sending.Value is { } sending && !sending.Takes(connection))
            throw new IOException("The connection ended before the answer came.");
    }

    /// <summary>One request, and the connection that it went out on: a dead one is never used again, so that a second one means a repetition.</summary>
    private sealed class Sending
    {
        private Stream? _connection;

        public bool IsOut => Volatile.Read(ref _connection) is not null;

        public bool Takes(Stream connection) =>
            (Interlocked.CompareExchange(ref _connection, connection, null) ?? connection) == connection;
    }

    private sealed class Watched(Stream inner, SentOnce owner) : Stream
    {
        public override bool CanRead => inner.CanRead;
        public override bool CanSeek => false;
        public override bool CanWrite => inner.CanWrite;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            owner.Hold(this);
            inner.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.Hold(this);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override int Read(Span<byte> buffer) => inner.Read(buffer);
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, cancellationToken);
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);
        public override void Flush() => inner.Flush();
        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
