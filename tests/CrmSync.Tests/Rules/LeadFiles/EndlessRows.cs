using System.Text;

namespace CrmSync.Tests.Rules.LeadFiles;

/// <summary>A long CSV that lies nowhere: a header, and one row many times.</summary>
internal sealed class EndlessRows(string header, string row, int times) : Stream
{
    private readonly byte[] _row = Encoding.UTF8.GetBytes(row);
    private byte[] _now = Encoding.UTF8.GetBytes(header);
    private int _at, _left = times;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => long.MaxValue;
    public override long Position { get => 0; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == _now.Length)
        {
            if (_left-- == 0)
                return _left = 0;
            (_now, _at) = (_row, 0);
        }
        var length = Math.Min(count, _now.Length - _at);
        _now.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
        _at += length;
        return length;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
