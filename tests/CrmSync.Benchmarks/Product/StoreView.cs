using Microsoft.Data.Sqlite;

namespace CrmSync.Benchmarks.Product;

/// <summary>What still waits, read from the product's file as its documentation allows anyone to.</summary>
internal static class StoreView
{
    private const string Sql = """
        SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL), (SELECT count(*) FROM intents WHERE settled_at IS NULL),
            (SELECT count(*) FROM intents WHERE state = 'applied')
        """;

    /// <summary>The brake on stage moves is on.</summary>
    public static bool IsBraked(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "crmsync.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM remembered WHERE name = 'brake-at'";
        return (long)command.ExecuteScalar()! > 0;
    }

    public static (long Waiting, long Open, long Applied) Read(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "crmsync.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }
}
