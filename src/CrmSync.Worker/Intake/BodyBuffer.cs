using System.Buffers;
using System.IO.Pipelines;

namespace CrmSync.Worker.Intake;

/// <summary>A rented buffer that takes a body up to a limit, and no more.</summary>
internal sealed class BodyBuffer(int limit) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4 * 1024);
    private int _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>Takes what has come in already: null when more is to come, false when the body is longer than the limit.</summary>
    public bool? TryFill(PipeReader body)
    {
        while (body.TryRead(out var read))
        {
            if (Take(body, read) is { } whole)
                return whole;
        }
        return null;
    }

    /// <summary>Waits for the rest. False when the body is longer than the limit.</summary>
    public async ValueTask<bool> FillAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take(body, await body.ReadAsync(cancellationToken)) is { } whole)
                return whole;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private bool? Take(PipeReader body, ReadResult read)
    {
        var length = read.Buffer.Length;
        if (_count + length > limit)
        {
            // Taken all the same: the server reads on behind a request, and must not find this part still in hand.
            body.AdvanceTo(read.Buffer.End);
            return false;
        }
        if (_count + length > _bytes.Length)
            Grow((int)(_count + length));
        read.Buffer.CopyTo(_bytes.AsSpan(_count));
        _count += (int)length;
        body.AdvanceTo(read.Buffer.End);
        return read.IsCompleted ? true : null;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
