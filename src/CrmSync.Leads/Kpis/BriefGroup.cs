namespace CrmSync.Leads.Kpis;

/// <summary>The three KPIs of one group, from marks that lie in the period and before the cut-off.</summary>
internal sealed class BriefGroup(KpiQuestion question)
{
    private readonly CohortCount _mqls = new();
    private readonly List<SalMark> _sals = [];
    private readonly Spans _past = Spans.OfDays();
    private readonly long _horizon = (long)question.Horizon.TotalMilliseconds;
    private readonly long _young = (question.CutOff - question.Horizon).ToUnixTimeMilliseconds();
    private int _concluded;

    internal long CutOff { get; } = question.CutOff.ToUnixTimeMilliseconds();

    internal void Add(in MqlMark mql)
    {
        var isYoung = mql.At > _young;
        var arrived = mql.AcceptedAt <= CutOff && mql.AcceptedAt - mql.At <= _horizon;
        _mqls.Add(isYoung, arrived, imported: false);
        _concluded += !isYoung && arrived ? mql.Concluded : 0;
    }

    internal void Add(in SalMark sal) => _sals.Add(sal);

    /// <summary>Counts what another group counted.</summary>
    internal void Add(BriefGroup other)
    {
        _mqls.Add(other._mqls);
        _sals.AddRange(other._sals);
        _concluded += other._concluded;
    }

    /// <summary>How long sales take is learnt from all of them, whatever the period.</summary>
    internal void Learn(in SalMark sal)
    {
        if (sal.At <= CutOff && Duration(sal) is { } duration)
            _past.Add(duration);
    }

    internal TimeSpan UsualHorizon() => Horizons.Usual(_past);

    /// <param name="learnt">What was learnt is of the same sales as the figures: it need not be gathered and sorted again.</param>
    internal IReadOnlyList<KpiFigure> Figures(string? by, TimeSpan horizon, bool learnt)
    {
        var sheet = new Sheet(by);
        List<KpiRemark> within = [new(KpiRemarkKind.WithinDays, (long)question.Horizon.TotalDays)];
        if (_concluded > 0)
            within.Add(new(KpiRemarkKind.Concluded, _concluded));
        _mqls.Write(sheet, "mql-to-sal", "episode", within);
        Customers(horizon).Write(sheet, "sal-to-customer", "episode", new KpiRemark(KpiRemarkKind.WithinDays, (long)horizon.TotalDays));
        Times(sheet, learnt ? _past : null);
        return sheet.Figures;
    }

    private CohortCount Customers(TimeSpan horizon)
    {
        var (count, young, most) = (new CohortCount(), (question.CutOff - horizon).ToUnixTimeMilliseconds(), (long)horizon.TotalMilliseconds);
        foreach (var sal in _sals)
            count.Add(sal.At > young, IsWon(sal) && sal.WonAt >= sal.At && sal.WonAt - sal.At <= most, imported: false);
        return count;
    }

    private void Times(Sheet sheet, Spans? known)
    {
        var (days, open, notAveraged) = (known ?? Spans.OfDays(), 0, 0);
        foreach (var sal in _sals)
        {
            if (Duration(sal) is { } duration)
            {
                if (known is null)
                    days.Add(duration);
            }
            else if (IsWon(sal))
                notAveraged++;
            else if (sal.EndedAt > CutOff)
                open++;
        }
        List<KpiRemark> closed = [new(KpiRemarkKind.ClosedOnly)];
        if (notAveraged > 0)
            closed.Add(new(KpiRemarkKind.NotAveraged, notAveraged));
        sheet.Span("sal-to-won.median", KpiMeasure.Days, days, open, d => d.Quantile(0.5m), days.MedianInterval(), closed);
        sheet.Span("sal-to-won.mean", KpiMeasure.Days, days, open, d => d.Mean(), null, closed);
    }

    private bool IsWon(in SalMark sal) => sal.WonAt <= CutOff;

    private TimeSpan? Duration(in SalMark sal) =>
        IsWon(sal) && sal.Concluded == 0 && sal.WonAt > sal.At ? TimeSpan.FromTicks((sal.WonAt - sal.At) * TimeSpan.TicksPerMillisecond) : null;
}
