namespace CrmSync.Leads.Kpis;

/// <summary>Many lengths of time, kept as ticks: a million take 8 MB.</summary>
/// <param name="isKept">False: only their mean is asked for.</param>
internal sealed class Spans(long ticksPerUnit, bool isKept = true)
{
    private readonly Pile<long> _waiting = new();
    private RankedNumbers _ranks = new([]);
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
        var place = share * (Count - 1);
        var below = (int)decimal.Floor(place);
        var above = Math.Min(below + 1, Count - 1);
        return Units(Ranked(below) + (place - below) * (Ranked(above) - Ranked(below)));
    }

    /// <summary>The 95 % interval of the median by order statistics; null for fewer than six.</summary>
    internal (decimal Low, decimal High)? MedianInterval() =>
        Statistics.MedianRank(Count) is { } rank ? (Units(Ranked(rank - 1)), Units(Ranked(Count - rank))) : null;

    /// <summary>Puts the middle of them into its place, which is most of the work of any question.</summary>
    internal void Prepare()
    {
        if (Count > 0)
            Ranked((Count - 1) / 2);
    }

    private long Ranked(int place)
    {
        if (_waiting.Count > 0)
            _ranks = new([.. _ranks.Values, .. _waiting.TakeAll()]);
        return _ranks[place];
    }

    private decimal Units(decimal ticks) => ticks / ticksPerUnit;
}
