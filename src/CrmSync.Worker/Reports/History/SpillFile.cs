using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports.History;

/// <summary>A temporary file for what is too much for memory. It is made when first needed, and ends with the process.</summary>
internal sealed class SpillFile : ISpill, IDisposable
{
    private readonly Lazy<FileStream> _file = new(() => new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose));
    private long _end;

    /// <exception cref="IOException">There is no room.</exception>
    public long Put(ReadOnlySpan<byte> bytes)
    {
        var place = Interlocked.Add(ref _end, bytes.Length) - bytes.Length;
        RandomAccess.Write(_file.Value.SafeFileHandle, bytes, place);
        return place;
    }

    /// <exception cref="IOException">The disk fails.</exception>
    public void Fetch(long place, Span<byte> bytes)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(_file.Value.SafeFileHandle, bytes[read..], place + read);
            read += count > 0 ? count : throw new EndOfStreamException();
        }
    }

    public void Dispose()
    {
        if (_file.IsValueCreated)
            _file.Value.Dispose();
    }
}
