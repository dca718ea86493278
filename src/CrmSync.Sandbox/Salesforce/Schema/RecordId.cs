namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>Salesforce's ids: 15 letters and digits whose case counts, and three more that say which of them are upper-case.</summary>
internal static class RecordId
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private const string Instance = "Qy";
    private const int ShortLength = 15;

    /// <summary>The id of the n-th record of a type; ids of later records sort after those of earlier ones.</summary>
    public static string Make(string prefix, long number)
    {
        Span<char> id = stackalloc char[ShortLength];
        prefix.CopyTo(id);
        Instance.CopyTo(id[3..]);
        for (var place = ShortLength - 1; place > 4; place--)
        {
            (number, var digit) = Math.DivRem(number, Digits.Length);
            id[place] = Digits[(int)digit];
        }

        return Complete(id);
    }

    /// <summary>An id in its long form, whichever form it came in; null for what is no id.</summary>
    public static string? Normalise(string? text)
    {
        if (text is not { Length: ShortLength or ShortLength + 3 } || !text.All(char.IsAsciiLetterOrDigit))
        {
            return null;
        }

        var complete = Complete(text.AsSpan(0, ShortLength));
        return text.Length == ShortLength || string.Equals(text, complete, StringComparison.OrdinalIgnoreCase) ? complete : null;
    }

    /// <summary>In each group of five letters, bit i is set when letter i is upper-case; the number picks a letter.</summary>
    private static string Complete(ReadOnlySpan<char> id)
    {
        Span<char> all = stackalloc char[ShortLength + 3];
        id.CopyTo(all);
        for (var group = 0; group < 3; group++)
        {
            var bits = 0;
            for (var place = 0; place < 5; place++)
            {
                bits |= char.IsAsciiLetterUpper(id[(group * 5) + place]) ? 1 << place : 0;
            }

            all[ShortLength + group] = Checks[bits];
        }

        return new string(all);
    }
}
