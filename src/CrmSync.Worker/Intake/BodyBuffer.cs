using System.Buffers;

namespace CrmSync.Worker.Intake;

/// <summary>A rented buffer that takes a body up to a limit, and no more.</summary>
internal sealed class BodyBuffer(int limit) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>False when the body is longer than the limit.</summary>
    public async ValueTask<bool> FillAsync(Stream body, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_count == _bytes.Length)
                Grow();
            var read = await body.ReadAsync(_bytes.AsMemory(_count), cancellationToken);
            if (read == 0)
                return true;
            _count += read;
            if (_count > limit)
                return false;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
