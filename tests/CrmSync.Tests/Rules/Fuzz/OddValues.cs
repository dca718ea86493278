using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>Values at the ends of what a file or a CRM can hold, and ordinary ones between them.</summary>
internal static class OddValues
{
    internal static readonly Gen<string> Scalars = Pick.Of(
        "", " ", "~", "null", "true", "false", "yes", "NO", "0", "-1", "1", "2", "50", "101", "2147483648", "-9223372036854775809", "1e400",
        "NaN", ".nan", "Infinity", "-.inf", "1_000", "0x10", "0o7", "1.5", "79228162514264337593543950335", "79228162514264337593543950336",
        "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "30d", "24h", "0d", "3650d", "3651d", "87600h", "2147483647d", "99999999999d", "-1d", "d",
        "1 business day", "500 business hours", "0 business days", "08:00-16:00", "00:00-23:59", "25:00-26:00", "en", "da", "fr", "met", "notMet",
        "\0", "\u202Eabc", "\u200F", "\uFEFF", "\uD800", "\uDC00x", "a\nb", "a\r\nb", "\t", "\u0085", "\u2028", "é", "𝔘", "æøå", "i̇İıI", "*", "*chef", "**", "{0}", "{", "%s", "'", "\"",
        "company.industry", "engagement.pageView", "bant.need", "all", "any", "not", "inCoolOff", "exists", "machinery", "machinary", "DK", "c0", "c1", "c99");

    internal static readonly Gen<string> Texts = Gen.Frequency(
        (8, Scalars),
        (3, Gen.Char.Array[0, 30].Select(chars => new string(chars))),
        (1, Gen.Int[1, 3000].Select(length => new string('x', length))),
        (1, Gen.Int[1, 2000].Select(length => string.Concat(Enumerable.Repeat("𝔘 ", length)))));

    internal static readonly Gen<decimal> Numbers = Gen.OneOf(
        Pick.Of(0m, 1m, -1m, 19.999m, 20m, 100m, 1000m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m),
        Gen.Decimal);

    internal static readonly Gen<DateTimeOffset> Instants = Gen.Frequency(
        (1, Pick.Of(DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddTicks(1), DateTimeOffset.MaxValue, DateTimeOffset.MaxValue.AddTicks(-1), DateTimeOffset.MaxValue.AddDays(-30))),
        (4, Gen.Int[-100 * 24, 10 * 24].Select(hours => RuleSamples.Judged.AddHours(hours))),
        (1, Gen.Int[-400, 400].Select(days => RuleSamples.Judged.AddDays(days))));

    internal static readonly Gen<DateTimeOffset?> MaybeInstant = Gen.Frequency((1, Gen.Const((DateTimeOffset?)null)), (2, Instants.Select(instant => (DateTimeOffset?)instant)));

    internal static readonly Gen<int> Counts = Gen.Frequency((6, Gen.Const(1)), (2, Gen.Int[2, 9]), (1, Pick.Of(0, -1, int.MaxValue, int.MinValue)));
}
