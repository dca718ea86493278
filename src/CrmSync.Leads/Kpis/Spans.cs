namespace CrmSync.Leads.Kpis;

/// <summary>Many lengths of time, kept as ticks: a million take 8 MB.</summary>
/// <param name="isKept">False: only their mean is asked for.</param>
internal sealed class Spans(long ticksPerUnit, bool isKept = true)
{
    private readonly Pile<long> _waiting = new();
    private long[] _sorted = [];
    private Int128 _sum;

    internal static Spans OfDays() => new(TimeSpan.TicksPerDay);

    internal static Spans OfHours() => new(TimeSpan.TicksPerHour);

    internal int Count { get; private set; }

    /// <summary>How many rest on imported history.</summary>
    internal int Imported { get; private set; }

    internal void Add(TimeSpan span, bool imported = false)
    {
        Count++;
        _sum += span.Ticks;
        Imported += imported ? 1 : 0;
        if (isKept)
            _waiting.Add(span.Ticks);
    }

    /// <summary>There is one at least.</summary>
    internal decimal Mean() => Units((decimal)_sum / Count);

    /// <summary>A quantile, between neighbours in proportion. There is one at least.</summary>
    internal decimal Quantile(decimal share)
    {
        var ticks = Sorted();
        var place = share * (Count - 1);
        var below = (int)decimal.Floor(place);
        var above = Math.Min(below + 1, Count - 1);
        return Units(ticks[below] + (place - below) * (ticks[above] - ticks[below]));
    }

    /// <summary>The 95 % interval of the median by order statistics; null for fewer than six.</summary>
    internal (decimal Low, decimal High)? MedianInterval()
    {
        if (Statistics.MedianRank(Count) is not { } rank)
            return null;
        var ticks = Sorted();
        return (Units(ticks[rank - 1]), Units(ticks[Count - rank]));
    }

    /// <summary>Sorts them, which the first question for a quantile would do.</summary>
    internal void Prepare() => Sorted();

    private long[] Sorted()
    {
        if (_waiting.Count > 0)
        {
            _sorted = [.. _sorted, .. _waiting.Taken()];
            Array.Sort(_sorted);
        }
        return _sorted;
    }

    private decimal Units(decimal ticks) => ticks / ticksPerUnit;
}
