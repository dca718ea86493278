using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The rows of a running query; disposing it ends the run.</summary>
internal readonly ref struct ResultRows(Statement statement)
{
    public bool Next() => statement.Step();

    public string? Text(int column) => statement.Text(column);

    /// <summary>As <see cref="Text"/>, where rows repeat what others had.</summary>
    public string? Word(int column) => statement.Word(column);

    /// <summary>The text of a column that is never NULL.</summary>
    public string Required(int column) => statement.Text(column) ?? "";

    public bool IsNull(int column) => statement.IsNull(column);

    public long Number(int column) => statement.Number(column);

    /// <summary>Valid until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => statement.Bytes(column);

    public DateTimeOffset? Instant(int column) => statement.IsNull(column) ? null : InstantText.Parse(statement.Bytes(column));

    public void Dispose() => statement.Reset();
}
