using System.Globalization;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>
/// An instant as cases write it: so long before the judgement (<c>3d ago</c>, <c>60d 1h ago</c>), a date, which is its first
/// instant in UTC, or an instant.
/// </summary>
internal readonly record struct CaseInstant
{
    private const string Repair = "Write 3d ago, 60d 1h ago, 2026-11-20 or 2026-11-20T09:00:00Z.";
    private const int LongestDays = 3650;
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];
    private readonly DateTimeOffset? _fixed;
    private readonly TimeSpan _ago;

    private CaseInstant(DateTimeOffset? at, TimeSpan ago) => (_fixed, _ago) = (at, ago);

    /// <summary>Whether it stands for itself, whenever the judgement is.</summary>
    internal bool IsFixed => _fixed is not null;

    /// <summary>The instant, given that of the judgement.</summary>
    internal DateTimeOffset Before(DateTimeOffset judged) => _fixed ?? judged - _ago;

    /// <summary>The moment, or null with the problem added.</summary>
    internal static CaseInstant? Read(YamlNode node, ProblemList problems)
    {
        if (node is YamlText text)
        {
            if (Ago(text.Value) is { } ago)
                return new(null, ago);
            // Far from both ends of the calendar, so that no window runs out of it.
            if (DateTimeOffset.TryParseExact(text.Value, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is > 1970 and < 2200)
                return new(at.ToUniversalTime(), default);
        }
        problems.Error(node, node is YamlText { Value: { Length: < 60 } said } ? $"'{said}' is no instant." : "This must be an instant.", Repair);
        return null;
    }

    private static TimeSpan? Ago(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > 5 || parts[^1] != "ago")
            return null;
        var sum = TimeSpan.Zero;
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            if (Span(part) is not { } span)
                return null;
            sum += span;
        }
        return sum.TotalDays <= LongestDays ? sum : null;
    }

    private static TimeSpan? Span(string part)
    {
        if (!int.TryParse(part.AsSpan(0, part.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return part[^1] switch
        {
            'd' when number <= LongestDays => TimeSpan.FromDays(number),
            'h' when number <= LongestDays * 24 => TimeSpan.FromHours(number),
            'm' => TimeSpan.FromMinutes(number),
            's' => TimeSpan.FromSeconds(number),
            _ => null,
        };
    }
}
