using System.Buffers;
using System.Text;
using SQLitePCL;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// A prepared statement of one connection. Straight onto the library: the ADO.NET command allocates a reader and a binder
/// for each run, which is a third of what storing a webhook costs.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const uint Persistent = 1;
    private const int StackBytes = 512;
    private const int MostWords = 256;
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _handle;
    private string?[] _words = [];

    public Statement(sqlite3 db, string sql)
    {
        _db = db;
        SqliteFailure.Check(raw.sqlite3_prepare_v3(db, sql, Persistent, out _handle), db);
    }

    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++) SqliteFailure.Check(Bind(i + 1, values[i]), _db);
    }

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_handle);
        if (result == raw.SQLITE_ROW) return true;
        if (result == raw.SQLITE_DONE) return false;
        // Made before the reset, which forgets the message.
        var failure = SqliteFailure.Of(result, _db);
        Reset();
        throw failure;
    }

    /// <summary>Ends the run; an unfinished one would keep a snapshot and with it the WAL.</summary>
    public void Reset() => raw.sqlite3_reset(_handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_handle, column);

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_handle, column).utf8_to_string();

    /// <summary>As <see cref="Text"/>, where one of few words stands, or what stood in a row shortly before: that is not made again.</summary>
    public string? Word(int column)
    {
        if (IsNull(column)) return null;
        var bytes = raw.sqlite3_column_blob(_handle, column);
        if (bytes.IsEmpty) return "";
        if (_words.Length == 0) _words = new string?[MostWords];
        ref var known = ref _words[(bytes.Length * 37 + bytes[0] * 11 + bytes[bytes.Length / 2] * 5 + bytes[^1]) % MostWords];
        return known is not null && Ascii.Equals(bytes, known) ? known : known = Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_handle, column);

    public void Dispose() => _handle.Dispose();

    private int Bind(int index, SqlValue value)
    {
        if (value.IsNumber) return raw.sqlite3_bind_int64(_handle, index, value.Number);
        if (value.Bytes is { } bytes) return value.IsUtf8 ? raw.sqlite3_bind_text(_handle, index, bytes.AsSpan()) : raw.sqlite3_bind_blob(_handle, index, bytes);
        return value.Text is null ? raw.sqlite3_bind_null(_handle, index) : BindText(index, value.Text);
    }

    private int BindText(int index, string text)
    {
        if (text.Length > StackBytes / 3) return BindLong(index, text);
        Span<byte> bytes = stackalloc byte[StackBytes];
        return raw.sqlite3_bind_text(_handle, index, (ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private int BindLong(int index, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return raw.sqlite3_bind_text(_handle, index, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        }
        finally
        {
            // SQLite has its own copy.
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
