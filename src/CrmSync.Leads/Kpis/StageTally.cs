namespace CrmSync.Leads.Kpis;

/// <summary>How long leads have been where they are, and how often a stage was skipped or taken back. The episodes of one lead come one after the other.</summary>
internal sealed class StageTally(KpiQuestion question, ISpill? spill)
{
    private readonly Spans?[] _ages = new Spans?[Enum.GetValues<LifecycleStage>().Length];
    private int _episodes, _regressed, _beyond, _skipped;
    private EpisodeRow? _latest;

    internal void Add(EpisodeRow row)
    {
        if (row.Superseded)
            return;
        if (_latest is { } before && before.LeadKey != row.LeadKey)
            Age(before);
        _latest = row;
        if (!question.Has(row.At.Mql.Or(row.At.Accepted)))
            return;
        _episodes++;
        _regressed += row.Regressed ? 1 : 0;
        var isBeyond = question.IsIn(row.At.Accepted) || row.Skipped;
        _beyond += isBeyond ? 1 : 0;
        _skipped += isBeyond && row.Skipped ? 1 : 0;
    }

    /// <summary>As <see cref="KpiTally.Join"/>.</summary>
    internal void Add(StageTally other)
    {
        other.AgeLast();
        for (var stage = 0; stage < _ages.Length; stage++)
            if (other._ages[stage] is { } ages)
                (_ages[stage] ??= Spans.OfDays(spill)).Add(ages);
        (_episodes, _regressed) = (_episodes + other._episodes, _regressed + other._regressed);
        (_beyond, _skipped) = (_beyond + other._beyond, _skipped + other._skipped);
    }

    /// <summary>What takes time before it is written.</summary>
    internal void Prepare()
    {
        AgeLast();
        foreach (var ages in _ages)
            ages?.Prepare();
    }

    internal void Write(Sheet sheet)
    {
        Prepare();
        sheet.Share("stage.skipped", _skipped, _beyond, 0);
        sheet.Share("stage.regressed", _regressed, _episodes, 0);
        for (var stage = 0; stage < _ages.Length; stage++)
        {
            if (_ages[stage] is not { } ages)
                continue;
            var few = ages.Count < Statistics.Fewest;
            var interval = few ? null : ages.MedianInterval();
            sheet.AddPart(
                new("stage.age", 1, "person", null, null, ages.Count, 0)
                {
                    Measure = KpiMeasure.Days, Value = few ? null : Sheet.Rounded(ages.Quantile(0.5m)), Low = Sheet.Rounded(interval?.Low),
                    High = Sheet.Rounded(interval?.High), Remarks = few ? [new(KpiRemarkKind.TooFew)] : [],
                },
                ((LifecycleStage)stage).ToString());
        }
    }

    private void AgeLast()
    {
        if (_latest is { } last)
            Age(last);
        _latest = null;
    }

    private void Age(EpisodeRow row)
    {
        if (row.Stage is not { } stage || !question.IsIn(row.At.StageSince))
            return;
        var ages = _ages[(int)stage] ??= Spans.OfDays(spill);
        ages.Add(TimeSpan.FromTicks(question.CutOff.UtcTicks - row.At.StageSince.Ticks));
    }
}
