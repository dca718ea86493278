using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>A wish of marketing's that we had not seen left the record with our write: it is given back, or nothing of it is left to wish.</summary>
internal static class WishesTaken
{
    public static bool IsRight(Crossings crossings, Crossing crossing) =>
        CameTrue(crossings, crossing) || IsSetAgain(crossings.Timeline, crossing) || IsOver(crossings, crossing) || IsTried(crossings, crossing) || IsOvertaken(crossings, crossing);

    /// <summary>Our very write sends the lead to sales, or one that came before we could know.</summary>
    private static bool CameTrue(Crossings crossings, Crossing crossing) => crossing.Edit.Change.After is "send" or "dispute"
        && (crossings.Timeline.ValueAfter(crossing.Lead, CrmFields.Handover, crossing.Write.N) == "waiting"
            || crossings.Timeline.Of(crossing.Lead).Any(e => e.N > crossing.Write.N && e.N < crossings.KnownFrom(crossing) && e.IsOurs && e.Is(CrmFields.Handover) && e.Change.After == "waiting"));

    /// <summary>By us, as it was; or by others, who see what stands there.</summary>
    private static bool IsSetAgain(Timeline timeline, Crossing crossing) => timeline.Of(crossing.Lead).Any(e =>
        e.N > crossing.Write.N && e.Is(CrmFields.Request) && (e.IsOurs ? e.Change.After == crossing.Edit.Change.After : e.Change.After is not null));

    /// <summary>It was to be given back, and that is listed as come too late: the record had gone, had become another one, or had changed and then ended.</summary>
    private static bool IsTried(Crossings crossings, Crossing crossing) => crossing.Since.Any(tried => tried is { Kind: "Decided", HandoverState: null, Episode: null, Actor: not "crmsync" }
        && crossing.Since.Any(row => row.TransitionId == tried.TransitionId && (row.Kind == "Gone" || (row.Kind is "Superseded" or "Conflict" && crossings.Timeline.EndOf(crossing.Lead) is not null))));

    /// <summary>
    /// Where no history is kept: before the event that tells of it came, sales had answered, and we had followed that, or had made another
    /// record of the lead. A wish from before is none any more.
    /// </summary>
    private static bool IsOvertaken(Crossings crossings, Crossing crossing) => crossings.IsUndated(crossing) && (crossings.IsConverted(crossing.Lead, crossing.Write.N, crossings.KnownFrom(crossing)) || crossings.Timeline.Of(crossing.Lead).Any(e =>
        e.N > crossing.Write.N && e.N < crossings.KnownFrom(crossing) && e.IsOurs && e.Is(CrmFields.Handover) && e.Change.After is "accepted" or "accepted_by_silence" or "rejected" or "returned" or "disqualified"));

    private static bool IsOver(Crossings crossings, Crossing crossing) =>
        crossings.Timeline.EndOf(crossing.Lead) is { } end && crossings.Timeline.ReadsBetween(crossing.Lead, crossings.KnownFrom(crossing), end.N) < 3;
}
