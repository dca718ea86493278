namespace CrmSync.Worker.Storage;

/// <summary>Where a service instance keeps its files.</summary>
internal static class DataDirectory
{
    public const string DatabaseName = "crmsync.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the directory if need be and makes sure that files can be created in it, and are its owner's.</summary>
    /// <exception cref="StoreException">Not writable, full, or another user's.</exception>
    public static void Prepare(string directory)
    {
        RequireOwn(directory);
        try
        {
            PrepareFolder(directory);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw Forbidden(directory, e);
        }
    }

    /// <summary>Makes sure of a folder that holds no store, whosesoever it is.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    /// <exception cref="IOException">The disk is full, failing or read-only.</exception>
    public static void PrepareFolder(string folder)
    {
        if (!Directory.Exists(folder)) CreatePrivate(folder);
        Probe(folder);
    }

    /// <summary>Refuses whoever is not the owner of what is there, before anything is begun. What else is wrong shows when it is written.</summary>
    /// <exception cref="StoreException">Another user's.</exception>
    public static void RequireOwn(string directory)
    {
        if (!Directory.Exists(directory)) return;
        uint? other;
        try
        {
            other = OtherOwner(directory, Probe(directory), mayWrite: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            other = OtherOwner(directory, ProcessUser.Number, mayWrite: false);
        }
        if (other is { } owner) throw DirectoryOwner.Refusal(directory, owner);
    }

    /// <summary>Why the store's directory cannot be written, or not be looked into: it is another user's, or its mode or volume forbids it.</summary>
    public static StoreException NotWritable(string directory, Exception inner) =>
        OtherOwner(directory, ProcessUser.Number, mayWrite: false) is { } owner ? DirectoryOwner.Refusal(directory, owner) : Forbidden(directory, inner);

    /// <summary>It is nobody else's, and cannot be written all the same.</summary>
    public static StoreException Forbidden(string directory, Exception inner) => new(
        StoreFailure.NotWritable, $"The data directory {Path.GetFullPath(directory)} cannot be written: {inner.Message}",
        (Hides(directory) ? "This user may not look into it. If a store is in there, it is another user's: run this as that one. If it is empty: " : "")
            + $"Mount its volume writable and give it to the user that runs crmsync: chown -R {ProcessUser.Id} {Path.GetFullPath(directory)} (of a container: the host's directory or volume behind it)", inner);

    private static bool Hides(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
                _ = Directory.EnumerateFileSystemEntries(directory).Any();
            return false;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return true;
        }
    }

    private static uint? OtherOwner(string directory, uint? mine, bool mayWrite) =>
        DirectoryOwner.Other(directory, Path.Combine(directory, DatabaseName), mine, mayWrite, FileOwner.Of);

    // A file system may give all files one owner: so it is asked, and not only who this is.
    private static uint? Probe(string directory)
    {
        var probe = Path.Combine(directory, $".probe-{Path.GetRandomFileName()}");
        File.WriteAllBytes(probe, []);
        var owner = FileOwner.Of(probe);
        File.Delete(probe);
        return owner;
    }

    /// <summary>A directory that only its owner enters.</summary>
    public static DirectoryInfo CreatePrivate(string directory) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(directory) : Directory.CreateDirectory(directory, OwnerOnly);

    /// <summary>Lets only the owner read and write a file.</summary>
    public static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
