using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Our stages go forward, within the model, and leave no lead without one.</summary>
internal sealed class NeverBackwards : IInvariant
{
    public string Id => "never-backwards";

    public string Promise => "We move no stage backwards unless the rules say so, none to or from a value outside the model, and leave none empty.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (timeline, stages) = (new Timeline(history), new Stages(history.Facts));
        var decided = history.Store.Audit.Where(row => row is { Kind: "Decided", TransitionId: not null }).ToLookup(row => row.TransitionId!, row => row.HandoverState);
        foreach (var lead in timeline.Leads)
        {
            var moves = timeline.Of(lead).Where(e => e.Is(CrmFields.Stage)).ToList();
            for (var i = 0; i < moves.Count; i++)
                if (moves[i].IsOurs && !IsGivenBack(timeline, moves, i) && Problem(history.Facts, stages, timeline, decided, moves, i) is { } problem)
                    yield return new(Id, $"{problem}: {moves[i]}");
        }
    }

    private static bool IsUnseen(Timeline timeline, List<Effect> moves, int i) =>
        i > 0 && !moves[i - 1].IsOurs && moves[i - 1].N > (timeline.LastReadBefore(moves[i].Change.Id, moves[i].N) ?? 0);

    /// <summary>What we had taken the place of unseen stands again: that is a person's stage, wherever it lies.</summary>
    private static bool IsGivenBack(Timeline timeline, List<Effect> moves, int i) =>
        i > 1 && moves[i - 1].IsOurs && IsUnseen(timeline, moves, i - 1) && moves[i].Change.After == moves[i - 1].Change.Before && moves[i].Change.After is not null;

    private static string? Problem(RunFacts facts, Stages stages, Timeline timeline, ILookup<string, string?> decided, List<Effect> moves, int i)
    {
        var (move, lead) = (moves[i], moves[i].Change.Id);
        var marker = Marker.Parse(timeline.ValueAfter(lead, CrmFields.Marker, move.N));
        if (move.Change.Before is { } before && !stages.IsInModel(before) && !IsUnseen(timeline, moves, i))
            return "it took a lead out of a stage that is not ours";
        if (move.Change.After is not { } after)
        {
            if (marker is not { Clears: true })
                return "it emptied the stage without saying that it clears";
            return i + 1 < moves.Count || timeline.EndOf(lead) is not null || timeline.Of(lead).Any(e => e.N > move.N && e.Change.Field is CrmFields.Became or CrmFields.Converted) ? null : "it left the stage empty";
        }
        if (!stages.IsInModel(after))
            return "it set a stage that is not ours";
        // A CRM that cannot refuse a late write takes ours over a stage that we had not seen: whether that is told is for people-win.
        if (IsUnseen(timeline, moves, i))
            return null;
        // Behind our own clear the stage of before it is what counts; where that was none that we had seen, the one before.
        var from = move.Change.Before ?? (i > 0 && moves[i - 1].IsOurs ? moves[i - (i > 1 && IsUnseen(timeline, moves, i - 1) ? 2 : 1)].Change.Before : null);
        if (from is null || !stages.IsBefore(after, from))
            return null;
        if (!facts.BackwardTo.Contains(stages.Canonical(after)!))
            return $"it went back from '{from}' to '{after}', which nothing configured allows";
        // A store that was restored has forgotten what it decided.
        return marker is null || !decided[marker.Transition].Any() || decided[marker.Transition].Any(state => state is "Rejected" or "Disqualified")
            ? null : $"it went back from '{from}' to '{after}', and nobody had rejected the lead";
    }
}
