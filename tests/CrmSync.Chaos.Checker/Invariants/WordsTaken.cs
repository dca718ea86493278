using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>
/// An answer that we had not seen left the record with our write: an offer empties the field, and a decision on an answer that was
/// emptied puts that back. It is followed as if it stood.
/// </summary>
internal static class WordsTaken
{
    /// <summary>What a merge brings along was an answer to the other record's offer, and is none to ours.</summary>
    public static bool IsRight(Crossings crossings, Crossing crossing) =>
        crossing.Edit.Line.Path == "merge" || Wanted(crossing) is not { } state || (state, crossing.Decided?.HandoverState) is ("Accepted", "Accepted") || IsFollowed(crossings, crossing, state) || IsToldLate(crossings, crossing) || IsWithdrawn(crossings, crossing) || IsOver(crossings, crossing);

    /// <summary>Null: nothing follows from that word alone.</summary>
    private static string? Wanted(Crossing crossing) =>
        crossing.Edit.Change.Actor.StartsWith("person:", StringComparison.Ordinal) ? WrittenAnswers.StateOf(crossing.Edit.Change.After) : null;

    /// <summary>In the same hand-over it was decided as the word says, and dated by it; or by what we decided, if the CRM's clock is the coarser.</summary>
    private static bool IsFollowed(Crossings crossings, Crossing crossing, string state)
    {
        var (ours, told, given) = (crossing.Decided, crossings.Facts.AsTold(crossing.Edit.Line.At), crossing.Edit.Line.At);
        // Whoever takes a lead that nobody has begins a hand-over of their own.
        var begun = crossing.Edit.Change.After == "take" ? ours?.Episode + 1 : null;
        return crossing.Since.Any(row => row.Kind == "Decided" && row.HandoverState == state && (row.Episode == ours?.Episode || (begun is not null && row.Episode == begun)) && WordsBeside.IsByPerson(crossings, crossing, row)
            && row.At is { } at && Instant.Of(at) >= told && (crossings.IsUndated(crossing) || Instant.Of(at) <= given || at == ours?.At));
    }

    /// <summary>What we put back was somebody else's word, which came first and was decided on: a note on the record says that this one changes nothing. Whoever takes a lead that nobody has gets it.</summary>
    private static bool IsToldLate(Crossings crossings, Crossing crossing) =>
        (crossing.Edit.Change.After != "take" || crossing.Decided?.HandoverState == "Accepted") && WordsBeside.IsAfterAnothers(crossings, crossing) && IsExplained(crossings, crossing);

    /// <summary>
    /// Where no history is kept: before the event that tells of the word came, sales itself had gone on with the lead and the offer was over, or we had
    /// taken it back, and a note says that nothing was left to answer. Whoever takes a lead gets it all the same.
    /// </summary>
    private static bool IsWithdrawn(Crossings crossings, Crossing crossing)
    {
        if (!crossings.IsUndated(crossing) || crossing.Edit.Change.After == "take")
            return false;
        var shown = crossings.Timeline.Of(crossing.Lead).Where(e => e.N > crossing.Write.N && e.N < crossings.KnownFrom(crossing) && e.IsOurs && e.Is(CrmFields.Handover)).Select(e => e.Change.After).ToList();
        return shown.Contains("superseded") || (shown.Contains(null) && IsExplained(crossings, crossing));
    }

    /// <summary>By a note on the record, before somebody says the same again.</summary>
    private static bool IsExplained(Crossings crossings, Crossing crossing)
    {
        var (told, word, timeline) = ($"\"{WrittenAnswers.LabelOf(crossing.Edit.Change.After)}\" changes nothing", crossing.Edit.Change.After, crossings.Timeline);
        var again = timeline.Of(crossing.Lead).FirstOrDefault(e => e.N > crossing.Write.N && !e.IsOurs && e.Is(CrmFields.Answer) && e.Change.After == word)?.N ?? long.MaxValue;
        return timeline.All.Any(e => e.IsOurs && e.N > crossing.Write.N && e.N < again && e.Change.Field is CrmFields.NoteBody or CrmFields.TaskBody
            && e.Change.After?.Contains(told, StringComparison.Ordinal) == true
            && timeline.All.Any(tie => tie.IsOurs && (tie.Change.Record, tie.Change.Id) == (e.Change.Record, e.Change.Id) && tie.Change.After == crossing.Lead));
    }

    /// <summary>The record ended, or somebody gave another word, before anything could follow: one look proves our write, one shows the word, and one leads to the decision.</summary>
    private static bool IsOver(Crossings crossings, Crossing crossing)
    {
        var end = crossings.Timeline.Of(crossing.Lead).FirstOrDefault(e => e.N > crossing.Write.N && !e.IsOurs && (CrmFields.Ends.Contains(e.Change.Field) || e.Is(CrmFields.Answer)));
        return end is not null && crossings.Timeline.ReadsBetween(crossing.Lead, crossings.KnownFrom(crossing), end.N) < 3;
    }
}
