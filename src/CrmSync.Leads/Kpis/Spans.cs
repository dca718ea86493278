namespace CrmSync.Leads.Kpis;

/// <summary>Many lengths of time, kept as ticks: a million take 8 MB.</summary>
/// <param name="isKept">False: only their mean is asked for.</param>
internal sealed class Spans(long ticksPerUnit, bool isKept = true, ISpill? spill = null)
{
    private readonly Pile<long> _pile = new(spill);
    private OrderedNumbers? _ordered;
    private Int128 _sum;

    internal static Spans OfDays(ISpill? spill = null) => new(TimeSpan.TicksPerDay, spill: spill);

    internal static Spans OfHours(ISpill? spill = null) => new(TimeSpan.TicksPerHour, spill: spill);

    internal int Count { get; private set; }

    /// <summary>How many rest on imported history.</summary>
    internal int Imported { get; private set; }

    internal void Add(TimeSpan span, bool imported = false)
    {
        Count++;
        _sum += span.Ticks;
        Imported += imported ? 1 : 0;
        if (isKept)
            _pile.Add(span.Ticks);
    }

    /// <summary>Adds those of another one, of which nothing was asked yet and nothing may be asked afterwards.</summary>
    internal void Add(Spans other)
    {
        (Count, Imported, _sum) = (Count + other.Count, Imported + other.Imported, _sum + other._sum);
        _pile.Add(other._pile);
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
        if (Count > 0 && isKept)
            Ranked((Count - 1) / 2);
    }

    private long Ranked(int place)
    {
        if (_ordered?.Count != Count)
            _ordered = new(_pile);
        return _ordered[place];
    }

    private decimal Units(decimal ticks) => ticks / ticksPerUnit;
}
