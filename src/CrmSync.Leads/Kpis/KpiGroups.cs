using System.Globalization;

namespace CrmSync.Leads.Kpis;

/// <summary>What figures can be split by.</summary>
public enum KpiSplit
{
    None,
    Source,

    /// <summary>The month, in the reporting zone, in which what is counted began.</summary>
    Month,
    Owner,
    Policy,
    Segment,
    Connection,
}

/// <summary>The figures of all episodes, and of each group.</summary>
/// <param name="spill">As of <see cref="KpiTally(KpiQuestion, ISpill)"/>.</param>
public sealed class KpiGroups(KpiQuestion question, KpiSplit split, TimeZoneInfo zone, ISpill? spill = null)
{
    /// <summary>In place of a source, an owner and the like that is not known.</summary>
    public const string Unknown = "?";

    private readonly KpiTally _all = new(question, spill);
    private readonly SortedDictionary<string, KpiTally> _groups = new(StringComparer.Ordinal);

    /// <summary>As <see cref="KpiTally.Add"/>.</summary>
    public void Add(EpisodeRow row)
    {
        _all.Add(row);
        if (split == KpiSplit.Month)
            foreach (var month in MonthsOf(row))
                Group(month).Add(row);
        else if (split != KpiSplit.None)
            Group(KeyOf(row) ?? Unknown).Add(row);
    }

    /// <summary>Adds what was counted of other leads by the same question and split, which is of no use afterwards.</summary>
    public void Join(KpiGroups other)
    {
        _all.Join(other._all);
        foreach (var (key, tally) in other._groups)
            if (!_groups.TryAdd(key, tally))
                _groups[key].Join(tally);
        other._groups.Clear();
    }

    /// <summary>Call it once.</summary>
    public KpiReport Report()
    {
        var (horizon, ofGroups) = (_all.CustomerHorizon(), new List<KpiFigure>());
        // A group is let go once its figures are there: what is sorted for all of them takes its place.
        foreach (var name in _groups.Keys.ToArray())
            if (_groups.Remove(name, out var group))
                ofGroups.AddRange(group.Figures(name, horizon));
        return new(question.CutOff, zone.Id, [.. _all.Figures(null, horizon), .. ofGroups])
        {
            NotAveraged = _all.NotAveraged,
        };
    }

    private KpiTally Group(string key)
    {
        if (_groups.TryGetValue(key, out var known))
            return known;
        var tally = new KpiTally(split == KpiSplit.Month ? question with { Period = MonthNamed(key) } : question, spill);
        _groups.Add(key, tally);
        return tally;
    }

    private string? KeyOf(EpisodeRow row) => split switch
    {
        KpiSplit.Source => row.Source,
        KpiSplit.Owner => row.Owner,
        KpiSplit.Policy => row.Policy,
        KpiSplit.Segment => row.Segment,
        _ => row.Connection,
    };

    private IEnumerable<string> MonthsOf(EpisodeRow row) =>
        new[] { row.MqlAt, row.OfferedAt, row.DecidedAt, row.AcceptedAt }
            .Where(at => at <= question.CutOff && question.Period.Has(at))
            .Select(at => TimeZoneInfo.ConvertTime(at!.Value, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture)).Distinct();

    private Period MonthNamed(string month)
    {
        var first = DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture);
        var (from, to) = (LocalDays.Midnight(first, zone), LocalDays.Midnight(first.AddMonths(1), zone));
        return new(question.Period.From > from ? question.Period.From : from, question.Period.To < to ? question.Period.To : to);
    }
}
