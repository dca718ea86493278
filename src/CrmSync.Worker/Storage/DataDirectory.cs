namespace CrmSync.Worker.Storage;

/// <summary>Where a service instance keeps its files.</summary>
internal static class DataDirectory
{
    public const string DatabaseName = "crmsync.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the directory if need be and makes sure that files can be created in it.</summary>
    /// <exception cref="StoreException">Not writable, or full.</exception>
    public static void Prepare(string directory)
    {
        try
        {
            if (!Directory.Exists(directory)) CreatePrivate(directory);
            var probe = Path.Combine(directory, $".probe-{Path.GetRandomFileName()}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw NotWritable(directory, e);
        }
    }

    public static StoreException NotWritable(string directory, Exception inner) => new(
        StoreFailure.NotWritable, $"The data directory {Path.GetFullPath(directory)} cannot be written: {inner.Message}",
        $"Mount its volume writable and give it to the user that runs crmsync: chown -R {ProcessUser.Id} {Path.GetFullPath(directory)} (of a container: the host's directory or volume behind it)", inner);

    /// <summary>A directory that only its owner enters.</summary>
    public static DirectoryInfo CreatePrivate(string directory) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(directory) : Directory.CreateDirectory(directory, OwnerOnly);

    /// <summary>Lets only the owner read and write a file.</summary>
    public static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
