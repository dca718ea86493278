using System.Runtime.InteropServices;
using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>What sales owes: time to the answer, the promised deadline, leakage, refusals and their reasons, and speed to the lead.</summary>
internal sealed class DecisionTally(KpiQuestion question, ISpill? spill)
{
    private readonly Spans _times = Spans.OfHours(spill), _contacts = Spans.OfHours(spill);
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal), _unmet = new(StringComparer.Ordinal);
    private int _untouched, _judged, _due, _inTime, _leaked, _notDue, _offered, _decided, _undecided, _said, _rejected;

    internal void Add(EpisodeRow row)
    {
        if (row.Superseded)
            return;
        if (question.Has(row.At.Decided) && !row.SalesGenerated)
            Decided(row);
        if (question.Has(row.At.Offered))
            Offered(row);
    }

    /// <summary>As <see cref="KpiTally.Join"/>.</summary>
    internal void Add(DecisionTally other)
    {
        _times.Add(other._times);
        _contacts.Add(other._contacts);
        foreach (var (reason, count) in other._reasons)
            Count(_reasons, reason, count);
        foreach (var (criterion, count) in other._unmet)
            Count(_unmet, criterion, count);
        (_untouched, _judged, _due) = (_untouched + other._untouched, _judged + other._judged, _due + other._due);
        (_inTime, _leaked, _notDue) = (_inTime + other._inTime, _leaked + other._leaked, _notDue + other._notDue);
        (_offered, _decided, _undecided) = (_offered + other._offered, _decided + other._decided, _undecided + other._undecided);
        (_said, _rejected) = (_said + other._said, _rejected + other._rejected);
    }

    internal void Write(Sheet sheet)
    {
        KpiRemark[] clock = question.Calendar is null ? [new(KpiRemarkKind.AroundTheClock)] : [];
        sheet.Span("decision.time", KpiMeasure.Hours, _times, _undecided, t => t.Quantile(0.5m), _times.MedianInterval(), clock);
        sheet.Span("decision.time.p90", KpiMeasure.Hours, _times, _undecided, t => t.Quantile(0.9m), null, clock);
        sheet.Share("sla.met", _inTime, _due, _notDue);
        sheet.Share("leakage", _leaked, _due, _notDue);
        sheet.Share("disposition", _decided, _offered, _undecided);
        sheet.Share("rejection", _rejected, _said, _undecided);
        foreach (var (reason, count) in _reasons.OrderBy(reason => reason.Key, StringComparer.Ordinal))
            sheet.AddPart(new("rejection.reason", 1, "episode", null, count, _rejected, 0) { Measure = KpiMeasure.Count, Value = count }, reason);
        foreach (var (criterion, count) in _unmet.OrderByDescending(criterion => criterion.Value).ThenBy(criterion => criterion.Key, StringComparer.Ordinal))
            sheet.AddPart(new("rejection.criterion", 1, "episode", null, count, _judged, 0) { Measure = KpiMeasure.Count, Value = count }, criterion);
        KpiRemark[] contact = _contacts.Count == 0 ? [new(KpiRemarkKind.NotKnown)] : clock;
        sheet.Span("speed-to-lead", KpiMeasure.Hours, _contacts, _contacts.Count == 0 ? 0 : _untouched, t => t.Quantile(0.5m), _contacts.MedianInterval(), contact);
    }

    private void Decided(EpisodeRow row)
    {
        var isRejected = question.IsIn(row.RejectedForGood);
        _said++;
        if (!isRejected)
            return;
        _rejected++;
        Count(_reasons, row.Reason ?? "Unknown", 1);
        if (row.Evidence is null)
            return;
        _judged++;
        foreach (var criterion in row.Unmet?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
            Count(_unmet, criterion, 1);
    }

    private static void Count(Dictionary<string, int> counts, string what, int more) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, what, out _) += more;

    private void Offered(EpisodeRow row)
    {
        _offered++;
        // Silence that counts as a yes is nobody's answer.
        var answered = question.IsIn(row.At.Decided) && row.AcceptedAs != HandoverState.AcceptedBySilence ? row.DecidedAt : null;
        if (answered is { } at)
        {
            _decided++;
            _times.Add(Between(row.OfferedAt!.Value, at), row.Imported);
        }
        else if (!question.IsIn(row.At.Lapsed) && !question.IsIn(row.At.Decided))
        {
            _undecided++;
        }
        if (row.ContactedAt is { } contacted && question.IsIn(row.At.Contacted) && contacted >= row.OfferedAt)
            _contacts.Add(Between(row.OfferedAt!.Value, contacted));
        else if (!question.IsIn(row.RejectedForGood) && !question.IsIn(row.At.Lapsed))
            _untouched++;
        if (row.DueAt is not { } due)
            return;
        if (answered <= due)
            (_due, _inTime) = (_due + 1, _inTime + 1);
        else if (due > question.CutOff)
            _notDue++;
        else
            (_due, _leaked) = (_due + 1, _leaked + (answered is null ? 1 : 0));
    }

    private TimeSpan Between(DateTimeOffset from, DateTimeOffset to) =>
        question.Calendar is { } calendar ? WorkedTime.Between(calendar, from, to) : from < to ? to - from : TimeSpan.Zero;
}
