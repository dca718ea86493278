using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>
/// MQL to SAL: cohorts at a horizon with explicit and silent acceptance apart, the decided rate, throughput, and cumulative
/// incidence. What sales found by itself and what a merge superseded is outside of it.
/// </summary>
internal sealed class AcceptanceTally(KpiQuestion question)
{
    private readonly CohortCount _all = new(), _written = new(), _byAction = new(), _silent = new();
    private readonly PersonCount _first = new(latest: false), _latest = new(latest: true);
    private readonly List<IncidenceCase> _cases = [];
    private int _cohort, _imported, _accepted, _rejected, _lapsed, _arrived, _concluded;

    internal void Add(EpisodeRow row)
    {
        if (row.SalesGenerated || row.Superseded)
            return;
        if (question.Has(row.AcceptedAt))
            _arrived++;
        if (!question.Has(row.MqlAt))
            return;
        _cohort++;
        _imported += row.Imported ? 1 : 0;
        Decided(row);
        var start = row.MqlAt!.Value;
        var isYoung = start > question.CutOff - question.Horizon;
        var arrived = question.IsIn(row.AcceptedAt) && row.AcceptedAt - start <= question.Horizon;
        var how = arrived ? row.AcceptedAs ?? HandoverState.Accepted : (HandoverState?)null;
        _all.Add(isYoung, arrived, row.Imported);
        _written.Add(isYoung, how == HandoverState.Accepted, row.Imported);
        _byAction.Add(isYoung, how == HandoverState.AcceptedByAction, row.Imported);
        _silent.Add(isYoung, how == HandoverState.AcceptedBySilence, row.Imported);
        _concluded += !isYoung && arrived && row.AcceptanceInferred ? 1 : 0;
        _first.Add(row.LeadKey, isYoung, arrived);
        _latest.Add(row.LeadKey, isYoung, arrived);
        _cases.Add(Case(row, start));
    }

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
        sheet.Add(IncidenceFigures.At("mql-to-sal.incidence", new(_cases), _cases.Count, _cases.Count(c => c.End == IncidenceEnd.Open), question.Horizon));
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
        if (question.IsIn(row.AcceptedAt))
            _accepted++;
        else if (question.IsIn(row.RejectedForGood))
            _rejected++;
        else if (question.IsIn(row.LapsedAt))
            _lapsed++;
    }

    private IncidenceCase Case(EpisodeRow row, DateTimeOffset start)
    {
        var (end, at) = question.IsIn(row.AcceptedAt) ? (IncidenceEnd.Wanted, row.AcceptedAt!.Value)
            : Earliest(row.RejectedForGood, row.LapsedAt) is { } other && question.IsIn(other) ? (IncidenceEnd.Other, other)
            : (IncidenceEnd.Open, question.CutOff);
        return new(Math.Max(0, (at - start).Ticks), end);
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
