using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>The CRM and the audit tell of the same effects.</summary>
internal sealed class EffectsAudited : IInvariant
{
    public string Id => "effects-audited";

    public string Promise => "Each of our effects bears a marker, was decided once and is applied, or listed as a conflict, once; each applied row has exactly one effect.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var timeline = new Timeline(history);
        var rows = history.Store.Audit.Where(row => row.TransitionId is not null).ToLookup(row => row.TransitionId!);
        var written = timeline.People.Where(e => e.IsOurs && e.Is(CrmFields.Marker) && e.Change.After is not null)
            .Select(e => (Effect: e, Marker: Marker.Parse(e.Change.After)))
            .ToList();
        foreach (var (effect, marker) in written)
        {
            if (marker is null)
                yield return new(Id, $"what was written is no marker: {effect}");
            else if (Problem(rows[marker.Transition], marker, effect, timeline) is { } problem)
                yield return new(Id, $"{marker.Transition} on {effect.Change.Id}: {problem}; {effect}");
        }
        // Whatever field it is: what bears no marker of its own no row of the audit answers for.
        foreach (var line in timeline.People.Where(e => e.IsOurs).GroupBy(e => (e.N, e.Change.Id)).Where(line => !line.Any(e => e.Is(CrmFields.Marker) && e.Change.After is not null)))
            yield return new(Id, $"we changed {string.Join(", ", line.Select(e => e.Change.Field))} without a marker: {line.First()}");
        var sets = written.Where(w => w.Marker is { Clears: false }).ToLookup(w => w.Marker!.Transition);
        foreach (var row in history.Store.Audit.Where(r => r.Kind == "Applied" && !sets[r.TransitionId!].Any()))
            yield return new(Id, $"row {row.Sequence} says that {row.TransitionId} was applied to {row.LeadKey} at {row.At}; the CRM saw nothing of it");
    }

    private static string? Problem(IEnumerable<AuditRow> rows, Marker marker, Effect effect, Timeline timeline)
    {
        var (decided, ends) = (rows.Count(r => r.Kind == "Decided"), rows.Where(r => r.IsEnd).ToList());
        if (decided != 1)
            return $"it has {decided} Decided rows";
        if (rows.First().LeadKey != marker.LeadKey)
            return $"its marker names {marker.LeadKey}, the audit {rows.First().LeadKey}";
        if (ends is not [var end])
            return $"it has {ends.Count} rows that end it";
        return end.Kind switch
        {
            "Applied" or "Conflict" => null,
            // Written, and gone before we could see it.
            "Gone" when timeline.EndOf(effect.Change.Id) is not null => null,
            // HubSpot takes the fields and keeps the stage of a write that would go back.
            "Refused" when !effect.Line.Effects.Any(c => c.Id == effect.Change.Id && c.Field == CrmFields.Stage) => null,
            var kind => $"the audit says {kind}",
        };
    }
}
