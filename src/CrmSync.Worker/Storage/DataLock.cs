using System.Globalization;

namespace CrmSync.Worker.Storage;

/// <summary>
/// Holds a data directory for one process. The operating system frees it when the process ends, however it ends, so
/// nothing is left to clean up. The holder's name lies in a file beside the lock, because the lock itself is unreadable.
/// </summary>
internal sealed class DataLock : IDisposable
{
    public const string FileName = "crmsync.lock";
    private const string HolderName = "crmsync.holder";
    private readonly FileStream _file;
    private readonly string _directory;
    private readonly string _holder;

    private DataLock(FileStream file, string directory, string holder) => (_file, _directory, _holder) = (file, directory, holder);

    /// <summary>
    /// Whether nobody else can have the directory. Somebody who deletes the file takes the lock's meaning with it: a newcomer would
    /// lock another one of its name, and says so beside it.
    /// </summary>
    public bool IsHeld => File.Exists(Path.Combine(_directory, FileName)) && Read(_directory) == _holder;

    /// <exception cref="StoreException">Busy, naming process and host of the holder; or not writable.</exception>
    public static DataLock Acquire(string directory)
    {
        DataDirectory.Prepare(directory);
        var file = Open(directory);
        // Containers of one name are all process 1 on it: a name of its own tells this start from another.
        var holder = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}\n{Guid.NewGuid():N}\n");
        File.WriteAllText(Path.Combine(directory, HolderName), holder);
        return new(file, directory, holder);
    }

    /// <summary>Frees the directory. The file stays: deleting it would let two newcomers lock two files of one name.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStream Open(string directory)
    {
        try
        {
            return new(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DataDirectory.NotWritable(directory, e);
        }
        catch (IOException e)
        {
            throw new StoreException(StoreFailure.Busy, $"{directory} is held by {Holder(directory)}.",
                "Stop that instance, or give this one a data directory of its own.", e);
        }
    }

    private static string Holder(string directory) => Read(directory)?.Split('\n')[0] ?? "another process";

    private static string? Read(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, HolderName));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
