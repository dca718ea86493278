using System.Buffers;
using System.Net;

namespace CrmSync.Adapters.Http;

/// <summary>
/// The body of an answer in borrowed memory, given back when the answer is disposed of. Pages are large: each in an array of
/// its own would be most of what the service allocates.
/// </summary>
internal sealed class PooledBody : HttpContent
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads a stream to its end. Answers false if it is longer than <paramref name="most"/> bytes.</summary>
    public async Task<bool> FillAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length)
                Grow();
            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return true;
            _length += read;
            if (_length > most)
                return false;
        }
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new MemoryStream(_buffer, 0, _length, writable: false);

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(CreateContentReadStream(CancellationToken.None));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_buffer, 0, _length);

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (disposing && buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        base.Dispose(disposing);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
