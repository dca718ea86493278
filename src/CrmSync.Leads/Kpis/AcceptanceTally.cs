using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>
/// MQL to SAL: cohorts at a horizon with explicit and silent acceptance apart, the decided rate, throughput, and cumulative
/// incidence. What sales found by itself and what a merge superseded is outside of it.
/// </summary>
internal sealed class AcceptanceTally(KpiQuestion question, ISpill? spill)
{
    private readonly CohortCount _all = new(), _written = new(), _byAction = new(), _silent = new();
    private readonly PersonCount _first = new(latest: false), _latest = new(latest: true);
    private readonly Pile<long> _cases = new(spill);
    private readonly long _young = (question.CutOff - question.Horizon).UtcTicks;
    private CumulativeIncidence? _incidence;
    private int _watched, _cohort, _imported, _accepted, _rejected, _lapsed, _arrived, _concluded;

    private CumulativeIncidence Incidence => _incidence ??= new(_cases);

    internal void Add(EpisodeRow row)
    {
        if (row.SalesGenerated || row.Superseded)
            return;
        ref readonly var at = ref row.At;
        if (question.Has(at.Accepted))
            _arrived++;
        if (!question.Has(at.Mql))
            return;
        _cohort++;
        _imported += row.Imported ? 1 : 0;
        Decided(row);
        var start = at.Mql.Ticks;
        var isYoung = start > _young;
        var arrived = question.IsIn(at.Accepted) && at.Accepted.Ticks - start <= question.Horizon.Ticks;
        var how = arrived ? row.AcceptedAs ?? HandoverState.Accepted : (HandoverState?)null;
        _all.Add(isYoung, arrived, row.Imported);
        _written.Add(isYoung, how == HandoverState.Accepted, row.Imported);
        _byAction.Add(isYoung, how == HandoverState.AcceptedByAction, row.Imported);
        _silent.Add(isYoung, how == HandoverState.AcceptedBySilence, row.Imported);
        _concluded += !isYoung && arrived && row.AcceptanceInferred ? 1 : 0;
        _first.Add(row.LeadKey, isYoung, arrived);
        _latest.Add(row.LeadKey, isYoung, arrived);
        var watched = Case(row, start);
        _cases.Add(watched.Packed);
        _watched += watched.End == IncidenceEnd.Open ? 1 : 0;
    }

    /// <summary>As <see cref="KpiTally.Join"/>.</summary>
    internal void Add(AcceptanceTally other)
    {
        _all.Add(other._all);
        _written.Add(other._written);
        _byAction.Add(other._byAction);
        _silent.Add(other._silent);
        _first.Add(other._first);
        _latest.Add(other._latest);
        _cases.Add(other._cases);
        (_watched, _cohort, _imported) = (_watched + other._watched, _cohort + other._cohort, _imported + other._imported);
        (_accepted, _rejected, _lapsed) = (_accepted + other._accepted, _rejected + other._rejected, _lapsed + other._lapsed);
        (_arrived, _concluded) = (_arrived + other._arrived, _concluded + other._concluded);
    }

    /// <summary>What takes time before it is written.</summary>
    internal void Prepare() => Incidence.Prepare();

    internal void Write(Sheet sheet)
    {
        var within = new KpiRemark(KpiRemarkKind.WithinDays, (long)question.Horizon.TotalDays);
        List<KpiRemark> remarks = [within];
        if (_concluded > 0)
            remarks.Add(new(KpiRemarkKind.Concluded, _concluded));
        _all.Write(sheet, "mql-to-sal", "episode", remarks);
        _written.Write(sheet, "mql-to-sal.explicit", "episode", within);
        _byAction.Write(sheet, "mql-to-sal.by-action", "episode", within);
        _silent.Write(sheet, "mql-to-sal.silent", "episode", within);
        sheet.Add(IncidenceFigures.At("mql-to-sal.incidence", Incidence, _cohort, _watched, question.Horizon));
        var undecided = new KpiRemark(KpiRemarkKind.UndecidedLeftOut);
        var open = _cohort - _accepted - _rejected;
        sheet.Share("mql-to-sal.decided", "episode", _accepted, _accepted + _rejected, open, _imported, undecided);
        sheet.Share("mql-to-sal.decided-or-lapsed", "episode", _accepted, _accepted + _rejected + _lapsed, open - _lapsed, _imported, undecided);
        sheet.Share("mql-to-sal.throughput", "episode", _arrived, _cohort, 0, _imported, new KpiRemark(KpiRemarkKind.Throughput));
        _first.Write(sheet, "mql-to-sal.person-first", within);
        _latest.Write(sheet, "mql-to-sal.person-latest", within);
    }

    private void Decided(EpisodeRow row)
    {
        if (question.IsIn(row.At.Accepted))
            _accepted++;
        else if (question.IsIn(row.RejectedForGood))
            _rejected++;
        else if (question.IsIn(row.At.Lapsed))
            _lapsed++;
    }

    private IncidenceCase Case(EpisodeRow row, long start)
    {
        var (end, at) = question.IsIn(row.At.Accepted) ? (IncidenceEnd.Wanted, row.At.Accepted.Ticks)
            : Earliest(row.RejectedForGood, row.At.Lapsed) is var other && question.IsIn(other) ? (IncidenceEnd.Other, other.Ticks)
            : (IncidenceEnd.Open, question.CutOff.UtcTicks);
        return new(Math.Max(0, at - start), end);
    }

    private static Moment Earliest(Moment a, Moment b) => !a.IsKnown || (b.IsKnown && b.Ticks < a.Ticks) ? b : a;
}
