using System.Buffers;
using System.Globalization;
using System.Text;

namespace CrmSync.Worker.Audit;

/// <summary>
/// How an instant is written wherever it is stored or hashed: UTC, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, 24 characters, so that
/// text order is time order. What is finer than a millisecond is cut off, never rounded up.
/// </summary>
internal static class InstantText
{
    private const int Length = 24;
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static string Of(DateTimeOffset instant)
    {
        // The runtime has a short way for its own form, which begins as ours does and goes on to the tick.
        Span<char> exact = stackalloc char[28];
        instant.UtcDateTime.TryFormat(exact, out _, "O", CultureInfo.InvariantCulture);
        exact[Length - 1] = 'Z';
        return new(exact[..Length]);
    }

    // Figures read millions of them: what has our form is read by its places.
    public static DateTimeOffset Parse(string text) => Plain(text) ?? DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>As of a text in UTF-8.</summary>
    public static DateTimeOffset Parse(ReadOnlySpan<byte> text)
    {
        Span<char> letters = stackalloc char[Length];
        return text.Length == letters.Length && Ascii.ToUtf16(text, letters, out _) == OperationStatus.Done && Plain(letters) is { } instant
            ? instant
            : Parse(Encoding.UTF8.GetString(text));
    }

    private static DateTimeOffset? Plain(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
            return null;
        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hours, minutes, seconds, milliseconds) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]), Number(text[20..23]));
        return year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hours is < 0 or > 23
            || minutes is < 0 or > 59 || seconds is < 0 or > 59 || milliseconds < 0
            ? null
            : new DateTimeOffset(year, month, day, hours, minutes, seconds, milliseconds, TimeSpan.Zero);
    }

    /// <summary>-1 for what holds anything but digits.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return -1;
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
