using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>A parameter: a text, a whole number, bytes or NULL. Passed by value, so that the hot path boxes nothing.</summary>
internal readonly struct SqlValue
{
    public string? Text { get; private init; }
    public long Number { get; private init; }
    public bool IsNumber { get; private init; }
    public byte[]? Bytes { get; private init; }

    /// <summary>Whether the bytes are a text in UTF-8.</summary>
    public bool IsUtf8 { get; private init; }

    /// <summary>A text that is at hand as its bytes.</summary>
    public static SqlValue Utf8(byte[] text) => new() { Bytes = text, IsUtf8 = true };

    public static implicit operator SqlValue(string? text) => new() { Text = text };

    public static implicit operator SqlValue(byte[] bytes) => new() { Bytes = bytes };

    public static implicit operator SqlValue(long number) => new() { Number = number, IsNumber = true };

    public static implicit operator SqlValue(int number) => (long)number;

    public static implicit operator SqlValue(int? number) =>
        number is { } n ? new() { Number = n, IsNumber = true } : default;

    public static implicit operator SqlValue(DateTimeOffset instant) => new() { Text = InstantText.Of(instant) };

    public static implicit operator SqlValue(DateTimeOffset? instant) => new() { Text = instant is { } i ? InstantText.Of(i) : null };
}
