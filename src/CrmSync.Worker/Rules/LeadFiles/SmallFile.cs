namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Reads files that people write by hand, whole and in UTF-8.</summary>
internal static class SmallFile
{
    /// <exception cref="LeadFileException">It is not there or longer than so many bytes.</exception>
    internal static byte[] Read(string path, int most)
    {
        using var file = Open(path);
        // One byte more than allowed shows that there is more.
        var buffer = new byte[most + 1];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length <= most ? buffer[..length] : throw new LeadFileException(LeadFileFault.Data, path, $"The file is longer than {most / 1024} kB.", "Name another file.");
    }

    /// <exception cref="LeadFileException">It is not there or may not be read.</exception>
    internal static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LeadFileException(LeadFileFault.NotThere, path, "The file cannot be read.", "Check its name and rights.");
        }
    }
}
