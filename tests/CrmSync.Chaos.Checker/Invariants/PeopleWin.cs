using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>We write over nothing that we have not seen.</summary>
internal sealed class PeopleWin : IInvariant
{
    public string Id => "people-win";

    public string Promise => "Before each write of ours we saw whatever others did to stage, answer and request, as far as it is about them; what slipped in between the product tells itself, follows or gives back.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var crossings = new Crossings(history);
        foreach (var crossing in crossings.All.Where(c => !IsUntellable(crossings, c) && !IsListed(crossings, c) && !IsRight(crossings, c)))
            yield return new(Id, $"{crossing.Transition} on {crossing.Lead}: we last saw the lead in line {crossing.Read}, and then wrote over this: {crossing.Edit}; {crossing.Write}");
    }

    private static bool IsRight(Crossings crossings, Crossing crossing) => crossing.Edit.Change.Field switch
    {
        CrmFields.Stage => IsStageTold(crossings, crossing),
        CrmFields.Answer => crossing.IsTaken ? WordsTaken.IsRight(crossings, crossing) : WordsBeside.IsRight(crossings, crossing),
        _ => WishesTaken.IsRight(crossings, crossing),
    };

    /// <summary>Right before our write, in a record of which the CRM keeps no history, and no event of the write came through that tells what it took the place of.</summary>
    private static bool IsUntellable(Crossings crossings, Crossing crossing) =>
        !crossings.IsEventTold(crossing) && crossings.Facts.WithoutHistory.Contains(crossing.Write.Change.OwnRecord)
        && crossings.Timeline.TimeOfLastReadBefore(crossing.Lead, crossing.Write.N) is { } read && crossing.Write.Line.At - read <= crossings.Facts.Gap && crossing.Edit.Line.At >= read;

    /// <summary>Our write is listed as a conflict, or all that anybody could say of it is said.</summary>
    private static bool IsListed(Crossings crossings, Crossing crossing)
    {
        var isThere = crossings.Timeline.EndOf(crossing.Lead) is null;
        return crossing.Since.Any(row => row.TransitionId == crossing.Transition && row.Kind switch
        {
            // The record went away before we could look, and its history with it: nobody's word stands overwritten. One that came
            // back from the bin shows our value, and that must be told.
            "Gone" => !isThere,
            // Where no history is kept only an event tells of it, behind which the record may be gone too.
            "Applied" => !isThere && crossings.IsUndated(crossing),
            // A wish that our write emptied stands nowhere: whoever finds it must give it back, unless sales made another record of the lead.
            "Conflict" => !isThere || !(crossing.IsTaken && crossing.Edit.Is(CrmFields.Request)) || crossings.IsConverted(crossing),
            _ => false,
        });
    }

    /// <summary>By a row that shows the stage.</summary>
    private static bool IsStageTold(Crossings crossings, Crossing crossing)
    {
        var (stage, next) = (crossings.Stages.Canonical(crossing.Edit.Change.After), WordsBeside.Next(crossings, crossing));
        return crossing.Since.Any(row => row.Kind is "Conflict" or "Observed" && row.ToStage == stage && (row.At is null || WordsBeside.IsOfIt(crossings, crossing, row, next)));
    }
}
