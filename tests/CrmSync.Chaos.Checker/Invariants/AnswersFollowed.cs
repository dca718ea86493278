using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Looking is not enough: what a rep answers leads to something.</summary>
internal sealed class AnswersFollowed : IInvariant
{
    public string Id => "answers-followed";

    public string Promise => "At rest no lead shows an offer that waits beside an answer which a person gave to it.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (timeline, book) = (new Timeline(history), new LeadBook(history));
        // An offer that somebody crossed is listed, and is none.
        var crossed = history.Store.Audit.Where(row => row.Kind == "Conflict").Select(row => row.TransitionId).ToHashSet();
        foreach (var lead in timeline.Leads.Where(id => book.KeyOf(id) is not null && book.IsThere(id) && !book.Held.Contains(id)))
        {
            var (answer, shown) = (Last(timeline, lead, CrmFields.Answer), Last(timeline, lead, CrmFields.Handover));
            // What a merge brings along was an answer to the other record's offer.
            if (answer is { IsOurs: false, Line.Path: not "merge" } && shown is { IsOurs: true, Change.After: "waiting" } && answer.N > shown.N && IsWhole(answer)
                && !crossed.Contains(Marker.Parse(timeline.ValueAfter(lead, CrmFields.Marker, shown.N))?.Transition))
                yield return new(Id, $"{lead} waits since line {shown.N} for what stands there: {answer}");
        }
    }

    private static bool IsWhole(Effect answer) =>
        WrittenAnswers.StateOf(answer.Change.After) is not null && answer.Change.Actor.StartsWith("person:", StringComparison.Ordinal);

    private static Effect? Last(Timeline timeline, string lead, string field) => timeline.Of(lead).LastOrDefault(e => e.Is(field));
}
