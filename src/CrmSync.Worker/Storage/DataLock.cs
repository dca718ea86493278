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

    private DataLock(FileStream file) => _file = file;

    /// <exception cref="StoreException">Busy, naming process and host of the holder; or not writable.</exception>
    public static DataLock Acquire(string directory)
    {
        DataDirectory.Prepare(directory);
        var file = Open(directory);
        File.WriteAllText(Path.Combine(directory, HolderName), string.Create(
            CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}"));
        return new(file);
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

    private static string Holder(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, HolderName));
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
