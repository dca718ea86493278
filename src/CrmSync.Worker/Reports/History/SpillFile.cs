using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports.History;

/// <summary>A temporary file for what is too much for memory. It is made when first needed, and ends with the process, however that ends.</summary>
/// <param name="folder">Where it lies; null: where temporary files do.</param>
internal sealed class SpillFile(string? folder = null) : ISpill, IDisposable
{
    private readonly Lazy<FileStream> _file = new(() => Open(folder ?? Path.GetTempPath()));
    private long _end;

    /// <exception cref="IOException">There is no room, or none may be taken.</exception>
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

    private static FileStream Open(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        try
        {
            if (OperatingSystem.IsWindows())
            {
                options.Options = FileOptions.DeleteOnClose;
                return new(path, options);
            }
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            // Known by its handle alone from here on: a process that is killed leaves nothing.
            File.Delete(path);
            return file;
        }
        catch (UnauthorizedAccessException shut)
        {
            throw new IOException($"No temporary file may be made in {folder}.", shut);
        }
    }
}
