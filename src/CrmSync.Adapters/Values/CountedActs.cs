using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Values;

/// <summary>Acts that a CRM keeps as a lifetime counter or as the latest instant.</summary>
internal static class CountedActs
{
    private const int EpochDigits = 12;

    /// <summary>It is known that the act never happened.</summary>
    public static Engagement None { get; } = new() { Total = 0, CompleteSince = DateTimeOffset.MinValue };

    /// <summary>The latest act by its instant: since then there was none other. A small number is a counter; an empty field: never.</summary>
    public static Engagement? Latest(string? text, string? title, Func<string?, DateTimeOffset?> instant)
    {
        if (string.IsNullOrEmpty(text))
            return None;
        if (text.Length < EpochDigits && RawValues.Number(text) is { } count)
            return Total(count, null);
        return instant(text) is { } at ? new() { Acts = [new(at, 1, title)], LastAt = at, CompleteSince = at } : null;
    }

    /// <summary>A lifetime counter with the instant of the last act, where the CRM tells it.</summary>
    public static Engagement? Total(decimal total, DateTimeOffset? last) => total switch
    {
        < 0 or > long.MaxValue => null,
        0 => last is null ? None : null, // an instant without a count contradicts itself
        _ => new() { Total = (long)total, LastAt = last },
    };
}
