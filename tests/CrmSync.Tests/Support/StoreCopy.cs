using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.Support;

/// <summary>A backup of a store, taken beside a running worker, and put back when none runs.</summary>
internal sealed class StoreCopy : IDisposable
{
    private const string Name = "crmsync.db";
    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-backup-").FullName;

    private string Path => System.IO.Path.Combine(_directory, Name);

    public void Take(string data)
    {
        File.Delete(Path);
        using var from = new SqliteConnection($"Data Source={System.IO.Path.Combine(data, Name)};Mode=ReadOnly;Pooling=False");
        using var to = new SqliteConnection($"Data Source={Path};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
    }

    /// <summary>In the place of the store, whose log goes with it.</summary>
    public void PutBack(string data)
    {
        foreach (var left in Directory.EnumerateFiles(data, Name + "*"))
            File.Delete(left);
        File.Copy(Path, System.IO.Path.Combine(data, Name));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
