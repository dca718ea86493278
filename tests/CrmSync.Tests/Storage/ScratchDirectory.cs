using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>A data directory of one test.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("crmsync-store-").FullName;

    public string Database => System.IO.Path.Combine(Name, "crmsync.db");

    public string File(string name) => System.IO.Path.Combine(Name, name);

    /// <summary>Runs a statement from outside, as another program would.</summary>
    public long Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    /// <summary>All rows of a query, each as texts joined by a bar.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i))));
        return rows;
    }

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
