using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// The stretch of an axis on which a test holds: numbers, counts, or the age of an instant in ticks (negative: still to
/// come). A missing end is open; an end that is there may be left out itself.
/// </summary>
internal readonly record struct AxisSpan(decimal? From, bool FromIncluded, decimal? To, bool ToIncluded)
{
    internal IEnumerable<decimal> Ends
    {
        get
        {
            if (From is { } from)
                yield return from;
            if (To is { } to)
                yield return to;
        }
    }

    internal static AxisSpan Of(SourceTest test)
    {
        decimal? ticks = test.Within?.Ticks;
        return test.Op switch
        {
            "olderThan" => new(ticks, false, null, false),
            "dueWithin" => new(-ticks, true, 0, true),
            "seenWithin" when test.Type == FactType.Instant => new(0, true, ticks, true),
            "seenWithin" => new(1, true, null, false),
            "moreThan" => new(Number(test, 0), false, null, false),
            "lessThan" => new(null, false, Number(test, 0), false),
            "atMost" => new(null, false, Number(test, 0), true),
            "atLeast" or "countWithin" => new(Number(test, 0), true, null, false),
            "between" => new(Number(test, 0), true, Number(test, 1), true),
            "eq" => new(Number(test, 0), true, Number(test, 0), true),
            _ => default,
        };
    }

    /// <summary>Whether the whole of a region lies within. Even regions are points; the others lie around them.</summary>
    internal bool Holds(List<decimal> points, int region)
    {
        var at = region / 2 - 1;
        if (region % 2 == 0)
            return (From is not { } from || points[at] > from || (FromIncluded && points[at] == from))
                && (To is not { } to || points[at] < to || (ToIncluded && points[at] == to));
        return (From is not { } least || (at >= 0 && points[at] >= least)) && (To is not { } most || (at + 1 < points.Count && points[at + 1] <= most));
    }

    private static decimal? Number(SourceTest test, int i) => i < test.Values.Count
        && decimal.TryParse(test.Values[i].Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
