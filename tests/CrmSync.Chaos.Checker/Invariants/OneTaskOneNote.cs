using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>A rep gets one task for an offer, and a decision one note.</summary>
internal sealed class OneTaskOneNote : IInvariant
{
    public string Id => "one-task-one-note";

    public string Promise => "An offer has at most one task, and one while it is open; a person's written decision has one note; nothing else has either.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (timeline, book) = (new Timeline(history), new LeadBook(history));
        var made = timeline.All.Where(e => e.IsOurs && e.Is(CrmFields.Id) && e.Change.Record is CrmFields.Tasks or CrmFields.Notes).ToList();
        var keys = timeline.All.Select(e => (e.Change.Record, e.Change.Id, Key: KeyIn(e))).Where(e => e.Key is not null)
            .GroupBy(e => (e.Record, e.Id)).ToDictionary(e => e.Key, e => e.First().Key);
        var byKey = made.ToLookup(e => keys.GetValueOrDefault((e.Change.Record, e.Change.Id)) ?? "");
        foreach (var twice in byKey.Where(e => e.Key != "" && IsTwice(timeline, [.. e])))
            yield return new(Id, $"{twice.Key} was made {twice.Count()} times: {string.Join("; ", twice)}");
        foreach (var nameless in byKey[""])
            yield return new(Id, $"it has no key: {nameless}");
        foreach (var missing in Missing(history, book, byKey))
            yield return missing;
        foreach (var extra in Extra(history, timeline, byKey))
            yield return extra;
    }

    /// <summary>In a field of its own, or in brackets at the end of the text where the account has no such field.</summary>
    private static string? KeyIn(Effect effect)
    {
        if (effect.Is(CrmFields.Key))
            return effect.Change.After;
        if (effect.Change is not { Field: CrmFields.TaskBody or CrmFields.NoteBody, After: { } body } || body.LastIndexOf('[') is not (>= 0 and var start))
            return null;
        var word = body[(start + 1)..].Split(']')[0];
        return word.StartsWith("task/", StringComparison.Ordinal) || word.StartsWith("note/", StringComparison.Ordinal) ? word : null;
    }

    /// <summary>One that somebody deleted may be made again.</summary>
    private static bool IsTwice(Timeline timeline, List<Effect> made) => made.Zip(made.Skip(1)).Any(pair => !timeline.All.Any(e =>
        !e.IsOurs && CrmFields.Ends.Contains(e.Change.Field) && (e.Change.Record, e.Change.Id) == (pair.First.Change.Record, pair.First.Change.Id) && e.N < pair.Second.N));

    private IEnumerable<Violation> Missing(RunHistory history, LeadBook book, ILookup<string, Effect> made)
    {
        // Whoever is gone gets none, and whoever is in quarantine may wait for theirs.
        var applied = history.Store.Audit.Where(r => r.Kind == "Applied" && book.RecordsOf(r.LeadKey!).Any(record => !book.Held.Contains(record.Id))).ToList();
        // An offer that was answered before its task could be made needs none.
        foreach (var offer in applied.Where(r => r.Episode is not null).GroupBy(r => r.LeadKey).Select(rows => rows.Last()).Where(r => r.HandoverState == "AwaitingDecision"))
            if (!made[$"task/{offer.LeadKey}/{offer.Episode}"].Any())
                yield return new(Id, $"the offer {offer.TransitionId} to {offer.LeadKey}, episode {offer.Episode}, has no task");
        foreach (var decision in applied.Where(IsWritten))
            if (!made[$"note/{decision.TransitionId}"].Any())
                yield return new(Id, $"the decision {decision.TransitionId} on {decision.LeadKey} ({decision.HandoverState}) has no note");
    }

    private IEnumerable<Violation> Extra(RunHistory history, Timeline timeline, ILookup<string, Effect> made)
    {
        var ends = history.Store.Audit.Where(r => r.IsEnd).ToLookup(r => r.TransitionId!);
        var offers = history.Store.Audit.Where(r => r is { Kind: "Applied" or "Conflict", HandoverState: "AwaitingDecision" }).Select(r => $"task/{r.LeadKey}/{r.Episode}").ToHashSet();
        foreach (var task in made.Where(e => e.Key.StartsWith("task/", StringComparison.Ordinal) && !offers.Contains(e.Key)))
            yield return new(Id, $"{task.Key} belongs to no offer: {task.First()}");
        var unknown = new List<Effect>();
        foreach (var note in made.Where(e => e.Key.StartsWith("note/", StringComparison.Ordinal)))
        {
            var rows = ends[note.Key["note/".Length..]].ToList();
            if (rows.Count == 0 || AnswersAWish(timeline, note.Key["note/".Length..]))
                unknown.Add(note.First());
            else if (!rows.Exists(r => r.Kind is "Applied" or "Conflict" && r.HandoverState is not (null or "Held" or "AwaitingDecision")))
                yield return new(Id, $"{note.Key} tells of a decision that was not applied: {note.First()}");
        }
        // An answer that nobody asked for, or a wish that comes to nothing, is explained in a note of its own: no more of those than of these.
        var asked = timeline.People.Count(e => !e.IsOurs && (e.Is(CrmFields.Answer) || e.Is(CrmFields.Request)) && e.Change.After is not null);
        if (unknown.Count > asked)
            yield return new(Id, $"{unknown.Count} notes belong to no decision, and people answered or asked {asked} times; the last: {unknown[^1]}");
    }

    /// <summary>The request of that transition took marketing's wish off the record.</summary>
    private static bool AnswersAWish(Timeline timeline, string transition) => timeline.All
        .Where(e => e.IsOurs && e.Is(CrmFields.Marker) && Marker.Parse(e.Change.After)?.Transition == transition)
        .Any(marked => timeline.All.Any(e => e.N == marked.N && e.Change.Id == marked.Change.Id && e.Is(CrmFields.Request) && string.IsNullOrEmpty(e.Change.After)));

    private static bool IsWritten(AuditRow row) => row.HandoverState is "Accepted" or "Rejected" or "Returned" or "Disqualified" && row.Actor.StartsWith("person:", StringComparison.Ordinal);
}
