using System.Globalization;

namespace CrmSync.Worker.Audit;

/// <summary>
/// How an instant is written wherever it is stored or hashed: UTC, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, 24 characters, so that
/// text order is time order. What is finer than a millisecond is cut off, never rounded up.
/// </summary>
internal static class InstantText
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
