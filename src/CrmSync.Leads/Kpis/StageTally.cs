namespace CrmSync.Leads.Kpis;

/// <summary>How long leads have been where they are, and how often a stage was skipped or taken back. The episodes of one lead come one after the other.</summary>
internal sealed class StageTally(KpiQuestion question)
{
    private readonly Dictionary<LifecycleStage, Spans> _ages = [];
    private int _episodes, _regressed, _beyond, _skipped;
    private EpisodeRow? _latest;

    internal void Add(EpisodeRow row)
    {
        if (row.Superseded)
            return;
        if (_latest is { } before && before.LeadKey != row.LeadKey)
            Age(before);
        _latest = row;
        if (!question.Has(row.MqlAt ?? row.AcceptedAt))
            return;
        _episodes++;
        _regressed += row.Regressed ? 1 : 0;
        var isBeyond = question.IsIn(row.AcceptedAt) || row.Skipped;
        _beyond += isBeyond ? 1 : 0;
        _skipped += isBeyond && row.Skipped ? 1 : 0;
    }

    internal void Write(Sheet sheet)
    {
        if (_latest is { } last)
            Age(last);
        _latest = null;
        sheet.Share("stage.skipped", _skipped, _beyond, 0);
        sheet.Share("stage.regressed", _regressed, _episodes, 0);
        foreach (var (stage, ages) in _ages.OrderBy(age => age.Key))
        {
            var few = ages.Count < Statistics.Fewest;
            var interval = few ? null : ages.MedianInterval();
            sheet.AddPart(
                new("stage.age", 1, "person", null, null, ages.Count, 0)
                {
                    Measure = KpiMeasure.Days, Value = few ? null : Sheet.Rounded(ages.Quantile(0.5m)), Low = Sheet.Rounded(interval?.Low),
                    High = Sheet.Rounded(interval?.High), Remarks = few ? [new(KpiRemarkKind.TooFew)] : [],
                },
                stage.ToString());
        }
    }

    private void Age(EpisodeRow row)
    {
        if (row is not { Stage: { } stage, StageSince: { } since } || since > question.CutOff)
            return;
        if (!_ages.TryGetValue(stage, out var ages))
            _ages.Add(stage, ages = Spans.OfDays());
        ages.Add(question.CutOff - since);
    }
}
