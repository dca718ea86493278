using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>A connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Session(SqliteConnection connection) : IDisposable
{
    private readonly sqlite3 _db = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));
    private readonly Dictionary<string, Statement> _statements = [];

    /// <summary>Rows changed since the connection was opened.</summary>
    public long TotalChanges => raw.sqlite3_total_changes(_db);

    /// <summary>Whether a transaction is open. Some failures end it without being asked.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Runs a statement with parameters <c>?1</c>, <c>?2</c> ... and answers how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(sql, values);
        while (rows.Next()) { }
        return raw.sqlite3_changes(_db);
    }

    /// <summary>Runs a query; dispose the rows before the same query is run again.</summary>
    public ResultRows Query(string sql, params ReadOnlySpan<SqlValue> values)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = new(_db, sql));
        statement.Bind(values);
        return new(statement);
    }

    /// <summary>The first column of the first row as text; null when there is none.</summary>
    public string? Text(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(sql, values);
        return rows.Next() ? rows.Text(0) : null;
    }

    /// <summary>The first column of the first row as a number; 0 when there is none.</summary>
    public long Number(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(sql, values);
        return rows.Next() ? rows.Number(0) : 0;
    }

    /// <summary>Whether there is a row.</summary>
    public bool Any(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(sql, values);
        return rows.Next();
    }

    /// <summary>Runs several statements without parameters, once: schema and settings.</summary>
    public void Script(string sql) => SqliteFailure.Check(raw.sqlite3_exec(_db, sql), _db);

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        connection.Dispose();
    }
}
