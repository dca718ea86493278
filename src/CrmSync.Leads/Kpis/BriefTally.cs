using System.Globalization;

namespace CrmSync.Leads.Kpis;

/// <summary>
/// The three KPIs alone, for all and by month: the figures that <see cref="KpiGroups"/> gives under the same ids, from a few numbers
/// an episode, so that millions take no time. Months are those of the zone.
/// </summary>
public sealed class BriefTally(KpiQuestion question, TimeZoneInfo zone, bool byMonth)
{
    private readonly bool _isAlways = question.Period == default;
    private readonly BriefGroup _all = new(question);
    private readonly SortedDictionary<DateOnly, BriefGroup> _months = [];
    private BriefGroup _month = new(question);
    private long _monthBegins = long.MaxValue, _monthEnds = long.MinValue;

    /// <summary>The ids of its figures.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["mql-to-sal", "sal-to-customer", "sal-to-won.median", "sal-to-won.mean"];

    /// <summary>Counts an episode; imported ones count as any other.</summary>
    public void Add(EpisodeRow row)
    {
        if (MqlMark.Of(row) is { } mql)
            Add([mql]);
        if (SalMark.Of(row) is { } sal)
            Add([sal]);
    }

    public void Add(ReadOnlySpan<MqlMark> mqls)
    {
        foreach (ref readonly var mql in mqls)
        {
            if (!IsAsked(mql.At))
                continue;
            (byMonth ? MonthOf(mql.At) : _all).Add(mql);
        }
    }

    public void Add(ReadOnlySpan<SalMark> sals)
    {
        foreach (ref readonly var sal in sals)
        {
            _all.Learn(sal);
            if (!IsAsked(sal.At))
                continue;
            (byMonth ? MonthOf(sal.At) : _all).Add(sal);
        }
    }

    /// <summary>Call it once.</summary>
    public KpiReport Report()
    {
        foreach (var month in _months.Values)
            _all.Add(month);
        var horizon = question.CustomerHorizon ?? _all.UsualHorizon();
        return new(question.CutOff, zone.Id,
        [
            .. _all.Figures(null, horizon, learnt: _isAlways),
            .. _months.SelectMany(month => month.Value.Figures(month.Key.ToString("yyyy-MM", CultureInfo.InvariantCulture), horizon, learnt: false)),
        ]);
    }

    private bool IsAsked(long at) => at <= _all.CutOff && (_isAlways || question.Period.Has(DateTimeOffset.FromUnixTimeMilliseconds(at)));

    // Marks come by the day: nearly always the month is that of the one before.
    private BriefGroup MonthOf(long at)
    {
        if (at >= _monthBegins && at < _monthEnds)
            return _month;
        var first = LocalDays.MonthOf(DateTimeOffset.FromUnixTimeMilliseconds(at), zone);
        (_monthBegins, _monthEnds) = (LocalDays.Midnight(first, zone).ToUnixTimeMilliseconds(), LocalDays.Midnight(first.AddMonths(1), zone).ToUnixTimeMilliseconds());
        if (!_months.TryGetValue(first, out _month!))
            _months.Add(first, _month = new(question));
        return _month;
    }
}
