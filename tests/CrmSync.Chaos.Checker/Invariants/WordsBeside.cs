using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>An answer that we had not seen stands in the record beside what we wrote: it is followed, or it takes nothing from that.</summary>
internal static class WordsBeside
{
    private static readonly TimeSpan CorrectWithin = TimeSpan.FromHours(24);

    public static bool IsRight(Crossings crossings, Crossing crossing) =>
        IsFollowed(crossings, crossing) || ComesLate(crossings, crossing) || IsPastCorrecting(crossing) || IsOver(crossings, crossing);

    /// <summary>
    /// When others set the field again, so late that we could have looked before: what is told of that tells nothing of the edit. One look proves
    /// our write, one shows what it took the place of, and one guards what follows. Null: nothing bounds it.
    /// </summary>
    public static DateTimeOffset? Next(Crossings crossings, Crossing crossing) =>
        crossings.Timeline.Of(crossing.Lead).FirstOrDefault(e => e.N > crossing.Write.N && !e.IsOurs && e.Is(crossing.Edit.Change.Field) && e.Change.After is not null) is { } next
        && !crossings.IsUndated(crossing) && crossings.Timeline.PassesBetween(crossing.Lead, crossing.Write.N, next.N) >= 3
            ? crossings.Facts.AsTold(next.Line.At)
            : null;

    /// <param name="next">From when on rows tell of something later.</param>
    public static bool IsOfIt(Crossings crossings, Crossing crossing, AuditRow row, DateTimeOffset? next) =>
        row.At is { } when && Instant.Of(when) >= crossings.Facts.AsTold(crossing.Edit.Line.At) && !(Instant.Of(when) >= next);

    private static bool IsFollowed(Crossings crossings, Crossing crossing)
    {
        var next = Next(crossings, crossing);
        return crossing.Since.Any(row => row.Kind == "Decided" && IsByPerson(crossings, crossing, row) && IsOfIt(crossings, crossing, row, next));
    }

    /// <summary>Where no history is kept nobody knows who it was; what a conversion brings along has none.</summary>
    public static bool IsByPerson(Crossings crossings, Crossing crossing, AuditRow row) =>
        row.Actor.StartsWith("person:", StringComparison.Ordinal) || (row.Actor == "unknown" && (crossings.IsUndated(crossing) || crossings.IsConverted(crossing)));

    /// <summary>
    /// What we write was decided on an earlier answer, and this one takes nothing from it: somebody said the same again, after our
    /// offer had emptied the field, or after another word; or somebody else came too late with another word, which is theirs to read.
    /// </summary>
    private static bool ComesLate(Crossings crossings, Crossing crossing) =>
        IsAfter(crossings, crossing, e => e.After == crossing.Edit.Change.After) || IsSaidBefore(crossings, crossing) || IsAfterAnothers(crossings, crossing);

    /// <summary>Where no history is kept nobody knows who was decided on: it is the last answer by then, and this is the same once more.</summary>
    private static bool IsSaidBefore(Crossings crossings, Crossing crossing) =>
        crossings.IsUndated(crossing) && crossing.Decided is { Actor: "unknown", At: { } at } decided && decided.HandoverState == WrittenAnswers.StateOf(crossing.Edit.Change.After)
        && crossings.Timeline.Of(crossing.Lead).LastOrDefault(e => e.Is(CrmFields.Answer) && !e.IsOurs && e.N < crossing.Edit.N && e.Line.At <= Instant.Of(at))?.Change.After == crossing.Edit.Change.After;

    /// <summary>Sales decided more than a day before, which came to pass: the next word changes nothing. Who takes a lead that is closed begins anew.</summary>
    private static bool IsPastCorrecting(Crossing crossing) => LastSaid(crossing) is
        { Kind: "Decided", HandoverState: "Accepted" or "Rejected" or "Disqualified" or "Returned", Actor: not "crmsync", At: { } decided } last
        && crossing.Edit.Line.At - Instant.Of(decided) > CorrectWithin && (last.HandoverState == "Accepted" || crossing.Edit.Change.After != "take")
        && crossing.Rows.Exists(row => row.Kind == "Applied" && row.TransitionId == last.TransitionId);

    /// <summary>What stands of the hand-over before the edit. That a stage moves on within what was decided says nothing new.</summary>
    private static AuditRow? LastSaid(Crossing crossing)
    {
        AuditRow? last = null;
        foreach (var row in crossing.Rows.Where(row => row.Kind is "Decided" or "Observed" && row.HandoverState is not null && row.At is { } at && Instant.Of(at) < crossing.Edit.Line.At))
            if (row.Kind == "Decided" || row.HandoverState != last?.HandoverState)
                last = row;
        return last;
    }

    /// <summary>What we decided is dated by an answer that somebody else gave before.</summary>
    public static bool IsAfterAnothers(Crossings crossings, Crossing crossing) => IsAfter(crossings, crossing, e => e.Actor != crossing.Edit.Change.Actor);

    private static bool IsAfter(Crossings crossings, Crossing crossing, Func<Change, bool> answer) =>
        crossing.Decided is { At: { } at } decided && decided.Actor.StartsWith("person:", StringComparison.Ordinal)
        && crossings.Timeline.Of(crossing.Lead).Any(e => e.Is(CrmFields.Answer) && !e.IsOurs && e.N < crossing.Edit.N && answer(e.Change) && IsDated(crossings.Facts, at, e));

    /// <summary>Whether a decision's instant is that of this answer: as the CRM tells it, and where that lies before the offer, which is told more finely, the offer's.</summary>
    private static bool IsDated(RunFacts facts, string at, Effect answer) => Instant.Of(at) >= facts.AsTold(answer.Line.At) && Instant.Of(at) <= answer.Line.At;

    /// <summary>
    /// Before anything could follow from it its giver took it back, somebody gave another, or the record, where it took the place of another word,
    /// ended: one look proves our write, one shows the word, and one guards what follows. Of a lead that was converted each takes two
    /// readings: one of the lead, and one of what it became.
    /// </summary>
    private static bool IsOver(Crossings crossings, Crossing crossing)
    {
        var edit = crossing.Edit.Change;
        var end = crossings.Timeline.Of(crossing.Lead).FirstOrDefault(e => e.N > crossing.Write.N && !e.IsOurs && ((CrmFields.Ends.Contains(e.Change.Field) && edit.Before is not null)
            || e.Is(CrmFields.Answer)));
        return end is not null && crossings.Timeline.ReadsBetween(crossing.Lead, crossings.KnownFrom(crossing), end.N) < (crossings.IsConverted(crossing.Lead, 0, end.N) ? 6 : 3);
    }
}
