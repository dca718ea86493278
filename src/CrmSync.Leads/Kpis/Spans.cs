namespace CrmSync.Leads.Kpis;

/// <summary>Many lengths of time, kept as ticks: a million take 8 MB.</summary>
internal sealed class Spans(long ticksPerUnit)
{
    private readonly List<long> _ticks = [];
    private bool _sorted = true;

    internal static Spans OfDays() => new(TimeSpan.TicksPerDay);

    internal static Spans OfHours() => new(TimeSpan.TicksPerHour);

    internal int Count => _ticks.Count;

    /// <summary>How many rest on imported history.</summary>
    internal int Imported { get; private set; }

    internal void Add(TimeSpan span, bool imported = false)
    {
        _ticks.Add(span.Ticks);
        Imported += imported ? 1 : 0;
        _sorted = false;
    }

    /// <summary>There is one at least.</summary>
    internal decimal Mean() => Units((decimal)_ticks.Aggregate(Int128.Zero, (sum, ticks) => sum + ticks) / _ticks.Count);

    /// <summary>A quantile, between neighbours in proportion. There is one at least.</summary>
    internal decimal Quantile(decimal share)
    {
        Sort();
        var place = share * (Count - 1);
        var below = (int)decimal.Floor(place);
        var above = Math.Min(below + 1, Count - 1);
        return Units(_ticks[below] + (place - below) * (_ticks[above] - _ticks[below]));
    }

    /// <summary>The 95 % interval of the median by order statistics; null for fewer than six.</summary>
    internal (decimal Low, decimal High)? MedianInterval()
    {
        if (Statistics.MedianRank(Count) is not { } rank)
            return null;
        Sort();
        return (Units(_ticks[rank - 1]), Units(_ticks[Count - rank]));
    }

    private void Sort()
    {
        if (!_sorted)
            _ticks.Sort();
        _sorted = true;
    }

    private decimal Units(decimal ticks) => ticks / ticksPerUnit;
}
