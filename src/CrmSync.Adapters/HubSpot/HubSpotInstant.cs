namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Reads the one form in which HubSpot writes nearly all instants, <c>2026-01-05T06:00:00.123Z</c> or without the fraction:
/// a contact has a dozen of them, and a reader of every form takes ten times as long.
/// </summary>
internal static class HubSpotInstant
{
    private const string Form = "0000-00-00T00:00:00";

    /// <summary>The instant; null for any other form, and for a date or time that does not exist.</summary>
    public static DateTimeOffset? Usual(ReadOnlySpan<char> text)
    {
        var hasFraction = text.Length == Form.Length + 5 && text[Form.Length] == '.';
        if ((!hasFraction && text.Length != Form.Length + 1) || text[^1] != 'Z')
            return null;
        for (var i = 0; i < Form.Length; i++)
            if (Form[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != Form[i])
                return null;
        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        var (hour, minute, second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        var fraction = hasFraction ? text[(Form.Length + 1)..^1] : "000";
        foreach (var c in fraction)
            if (!char.IsAsciiDigit(c))
                return null;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return null;
        return new(new DateTime(year, month, day, hour, minute, second, Number(fraction), DateTimeKind.Utc));
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = number * 10 + (digit - '0');
        return number;
    }
}
