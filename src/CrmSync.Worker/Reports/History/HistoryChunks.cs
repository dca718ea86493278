using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>
/// Cuts a file into stretches of whole lines, each to be read by itself. Within quotes a line break ends no row: from the first quote on,
/// the rest of the file is one stretch.
/// </summary>
/// <param name="size">In bytes: a line that is longer is read with the rest of the file.</param>
internal sealed class HistoryChunks(FileStream bytes, int size)
{
    /// <summary>Long enough that little is lost between them, and short enough that some fit in memory.</summary>
    public const int UsualSize = 1 << 19;
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];
    private static ReadOnlySpan<byte> WideBreak => "\r\n"u8;
    private long _line = 1;

    /// <summary>The next stretch; null at the end.</summary>
    /// <exception cref="IOException">The file cannot be read any further.</exception>
    public async ValueTask<HistoryChunk?> NextAsync(CancellationToken cancellationToken)
    {
        var from = bytes.Position;
        var buffer = ArrayPool<byte>.Shared.Rent(size + HistoryLines.Beyond);
        return Cut(from, buffer, await bytes.ReadAtLeastAsync(buffer.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken));
    }

    private HistoryChunk? Cut(long from, byte[] buffer, int read)
    {
        var begin = from == 0 && buffer.AsSpan(0, read).StartsWith(Mark) ? Mark.Length : 0;
        var length = read < size ? read - begin : buffer.AsSpan(begin, read - begin).LastIndexOf((byte)'\n') + 1;
        var text = buffer.AsSpan(begin, length);
        if (read > begin && (length == 0 || !IsPlain(text)))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            bytes.Position = from + begin;
            return new(new StreamReader(bytes, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true), _line);
        }
        var chunk = new HistoryChunk(buffer, (begin, length), _line);
        _line += text.Count((byte)'\n');
        bytes.Position = from + begin + length;
        if (length > 0)
            return chunk;
        chunk.Dispose();
        return null;
    }

    /// <summary>Nothing is quoted, and lines end in line feeds alone.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) =>
        text.IndexOfAny((byte)'"', (byte)'\r') < 0 || (!text.Contains((byte)'"') && text.Count((byte)'\r') == text.Count(WideBreak));
}

/// <summary>A stretch of a file: some whole lines, or all that is left of it.</summary>
internal sealed class HistoryChunk : IDisposable
{
    private readonly TextReader? _rest;
    private readonly (int Begin, int Length) _place;
    private readonly long _line;
    private byte[]? _bytes;
    private char[]? _text;

    public HistoryChunk(byte[] rented, (int Begin, int Length) place, long line) => (_bytes, _place, _line) = (rented, place, line);

    public HistoryChunk(TextReader rest, long line) => (_rest, _line) = (rest, line);

    /// <summary>Nothing comes after it, and it may be of any length.</summary>
    public bool IsRest => _rest is not null;

    /// <summary>Its rows, as they lie; null where they want to be read letter by letter.</summary>
    public HistoryLines? Lines()
    {
        var text = _bytes.AsSpan(_place.Begin, _place.Length);
        return _rest is null && !text.Contains((byte)0) && Utf8.IsValid(text) ? new(_bytes!, (_place.Begin, _place.Begin + _place.Length), _line) : null;
    }

    /// <summary>Its rows, letter by letter. Call it once.</summary>
    public CsvReader Open()
    {
        if (_rest is not null)
            return new(_rest, ',', _line);
        _text = ArrayPool<char>.Shared.Rent(Math.Max(1, _place.Length));
        var count = Encoding.UTF8.GetChars(_bytes.AsSpan(_place.Begin, _place.Length), _text);
        return new(new ArraySegment<char>(_text, 0, count), ',', _line);
    }

    public void Dispose()
    {
        _rest?.Dispose();
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        if (_text is not null)
            ArrayPool<char>.Shared.Return(_text);
        (_bytes, _text) = (null, null);
    }
}
