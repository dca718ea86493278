using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>We write over nothing that we have not seen.</summary>
internal sealed class PeopleWin : IInvariant
{
    public string Id => "people-win";

    public string Promise => "Before each stage of ours we saw whatever others did to the stage or the answer; what slipped in between the product tells itself.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (timeline, book, stages) = (new Timeline(history), new LeadBook(history), new Stages(history.Facts));
        var byLead = history.Store.Audit.ToLookup(row => row.LeadKey);
        var told = history.Log.Where(line => line is { Kind: "webhook", Status: >= 200 and < 300 }).Select(line => line.About).OfType<News>().Select(news => (news.Id, news.Stamp)).ToHashSet();
        foreach (var effect in timeline.People.Where(e => e.IsOurs && e.Is(CrmFields.Stage)))
        {
            var lead = effect.Change.Id;
            var read = timeline.LastReadBefore(lead, effect.N) ?? 0;
            var transition = Marker.Parse(timeline.ValueAfter(lead, CrmFields.Marker, effect.N))?.Transition;
            var rows = byLead[book.KeyOf(lead)].ToList();
            foreach (var field in new[] { CrmFields.Stage, CrmFields.Answer })
                if (Unseen(timeline, lead, field, read, effect.N) is { } edit && !IsUntellable(timeline, history.Facts, told, edit, effect) && !ComesLate(timeline, history.Facts, rows, transition, edit, effect) && !IsOver(timeline, edit, effect) && !IsTold(history.Facts, rows, transition, edit, stages, timeline.EndOf(lead) is null, Next(timeline, history.Facts, edit, effect)))
                    yield return new(Id, $"{transition} on {lead}: we last saw the lead in line {read}, and then wrote over this: {edit}; {effect}");
        }
    }

    /// <summary>The newest edit of others between our read and our write; null if it led back to what we saw.</summary>
    private static Effect? Unseen(Timeline timeline, string lead, string field, long read, long write)
    {
        var between = timeline.Of(lead).Where(e => e.Is(field) && e.N > read && e.N < write).ToList();
        return between is [var first, ..] && between[^1] is { IsOurs: false } last && first.Change.Before != last.Change.After ? last : null;
    }

    /// <summary>Right before our write, in a record of which the CRM keeps no history, and no event of the write came through that tells what it took the place of.</summary>
    private static bool IsUntellable(Timeline timeline, RunFacts facts, HashSet<(string Id, DateTimeOffset Stamp)> told, Effect edit, Effect write) =>
        !told.Contains((write.Change.OwnId, write.Line.At)) && facts.WithoutHistory.Contains(write.Change.OwnRecord) && timeline.TimeOfLastReadBefore(write.Change.Id, write.N) is { } read && write.Line.At - read <= facts.Gap && edit.Line.At >= read;

    /// <summary>
    /// What we write was decided on an earlier answer, and this one takes nothing from it: its giver said the same again, after our
    /// offer had emptied the field, or after another word that they took back; or somebody else came too late with another word, which stands in the record and is theirs to read.
    /// </summary>
    private static bool ComesLate(Timeline timeline, RunFacts facts, List<AuditRow> rows, string? transition, Effect edit, Effect write)
    {
        if (!edit.Is(CrmFields.Answer) || rows.Find(row => row.Kind == "Decided" && row.TransitionId == transition) is not { At: { } at } decided)
            return false;
        var earlier = timeline.Of(edit.Change.Id).Where(e => e.Is(CrmFields.Answer) && !e.IsOurs && e.N < edit.N).ToList();
        if (earlier is not [.., var before] || !decided.Actor.StartsWith("person:", StringComparison.Ordinal))
            return false;
        return earlier.Exists(e => e.Change.After == edit.Change.After && e.Change.Actor == edit.Change.Actor && IsDated(facts, at, e))
            || (IsDated(facts, at, before) && before.Change.Actor != edit.Change.Actor && !write.Line.Effects.Any(c => c.Id == edit.Change.Id && c.Field == CrmFields.Answer));
    }

    /// <summary>Whether a decision's instant is that of this answer: as the CRM tells it, and where that lies before the offer, which is told more finely, the offer's.</summary>
    private static bool IsDated(RunFacts facts, string at, Effect answer) => Instant.Of(at) >= facts.AsTold(answer.Line.At) && Instant.Of(at) <= answer.Line.At;

    /// <summary>
    /// The word stood in the record beside what we wrote, and before anything could follow from it its giver took it back or gave another, or the record
    /// ended: one look proves our write, one shows the word, and one guards what follows.
    /// </summary>
    private static bool IsOver(Timeline timeline, Effect edit, Effect write)
    {
        if (!edit.Is(CrmFields.Answer) || write.Line.Effects.Any(c => c.Id == edit.Change.Id && c.Field == CrmFields.Answer))
            return false;
        // Of two steps the second must come, or the stage would stay empty.
        var last = timeline.Of(edit.Change.Id).LastOrDefault(e => e.IsOurs && e.Is(CrmFields.Marker) && TransitionOf(e) == TransitionOf(write))?.N ?? write.N;
        var end = timeline.Of(edit.Change.Id).FirstOrDefault(e => e.N > write.N && !e.IsOurs && ((CrmFields.Ends.Contains(e.Change.Field) && edit.Change.Before is not null)
            || (e.Is(CrmFields.Answer) && e.Change.Actor == edit.Change.Actor)));
        return end is not null && timeline.ReadsBetween(edit.Change.Id, last, end.N) < 3;

        string? TransitionOf(Effect ours) => Marker.Parse(timeline.ValueAfter(edit.Change.Id, CrmFields.Marker, ours.N))?.Transition;
    }

    /// <summary>
    /// When others set the field again, so late that we could have looked before: what is told of that tells nothing of the edit. One look proves
    /// our write, one shows what it took the place of, and one guards what follows. Null: nothing bounds it.
    /// </summary>
    private static DateTimeOffset? Next(Timeline timeline, RunFacts facts, Effect edit, Effect write) =>
        timeline.Of(edit.Change.Id).FirstOrDefault(e => e.N > write.N && !e.IsOurs && e.Is(edit.Change.Field) && e.Change.After is not null) is { } next
        && !facts.WithoutHistory.Contains(edit.Change.OwnRecord) && timeline.PassesBetween(edit.Change.Id, write.N, next.N) >= 3
            ? facts.AsTold(next.Line.At)
            : null;

    /// <summary>Told as a conflict, by a row that shows the edit, or by what was then decided on the answer.</summary>
    /// <param name="next">From when on rows tell of something later.</param>
    private static bool IsTold(RunFacts facts, List<AuditRow> rows, string? transition, Effect edit, Stages stages, bool isThere, DateTimeOffset? next)
    {
        var decided = rows.FindIndex(row => row.Kind == "Decided" && row.TransitionId == transition);
        var (at, isUndated) = (facts.AsTold(edit.Line.At), facts.WithoutHistory.Contains(edit.Change.OwnRecord));
        return rows.Skip(decided + 1).Any(row => row.Kind switch
        {
            // The record went away before we could look, and its history with it: all that anybody could say is said, and nobody's word
            // stands overwritten. One that came back from the bin shows our value, and that must be told.
            "Gone" => row.TransitionId == transition && !isThere,
            // Where no history is kept only an event tells of it, behind which the record may be gone too.
            "Applied" => row.TransitionId == transition && !isThere && isUndated,
            "Conflict" => row.TransitionId == transition || Names(row),
            "Observed" => Names(row),
            "Decided" => edit.Is(CrmFields.Answer) && (row.Actor.StartsWith("person:", StringComparison.Ordinal) || (isUndated && row.Actor == "unknown")) && IsOfIt(row),
            _ => false,
        });

        bool Names(AuditRow row) => edit.Is(CrmFields.Stage) && row.ToStage == stages.Canonical(edit.Change.After) && (row.At is null || IsOfIt(row));

        bool IsOfIt(AuditRow row) => row.At is { } when && Instant.Of(when) >= at && !(Instant.Of(when) >= next);
    }
}
