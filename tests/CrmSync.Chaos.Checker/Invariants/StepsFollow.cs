using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>What was decided on a hand-over follows from what a person answered, from what the rules say, or from what time it was.</summary>
internal sealed class StepsFollow : IInvariant
{
    public string Id => "steps-follow";

    public string Promise => "A person's decision was answered so by that person, at the instant that it bears; an offer stands on evidence that the rules let through, or on a wish; none expires before its deadline.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var (steps, episodes) = (new Steps(history), new Dictionary<(string?, long?), List<AuditRow>>());
        foreach (var row in history.Store.Audit.Where(row => row is { LeadKey: not null, Episode: not null }))
        {
            if (!episodes.TryGetValue((row.LeadKey, row.Episode), out var before))
                before = episodes[(row.LeadKey, row.Episode)] = [];
            if (row is { Kind: "Decided", At: not null } && steps.Problem(row, before) is { } problem)
                yield return new(Id, $"row {row.Sequence} decides {row.TransitionId} on {row.LeadKey} ({row.HandoverState}, {row.At}, {row.Actor}): {problem}");
            before.Add(row);
        }
    }

    private sealed class Steps(RunHistory history)
    {
        private readonly Timeline _timeline = new(history);
        private readonly LeadBook _book = new(history);
        private readonly Dictionary<string, string> _names = [], _numbers = [];
        private readonly Pauses _pauses = new(history.Store.Audit);
        private readonly Dictionary<string, EvidenceRow> _evidence = history.Store.Evidence.ToDictionary(row => row.Hash);
        private readonly ILookup<string, DateTimeOffset> _made = history.Store.Intents.ToLookup(intent => intent.TransitionId, intent => Instant.Of(intent.CreatedAt));

        /// <param name="before">The rows of the same hand-over before this one.</param>
        public string? Problem(AuditRow row, List<AuditRow> before)
        {
            var stands = before.FindLast(r => r.Kind is "Applied" or "Observed" or "Conflict")?.HandoverState;
            return row.HandoverState switch
            {
                "Accepted" or "Rejected" or "Returned" or "Disqualified" when row.Actor.StartsWith("person:", StringComparison.Ordinal) =>
                    Answered(row, [.. Others(row, CrmFields.Answer).Where(e => WrittenAnswers.StateOf(e.Change.After) == row.HandoverState && IsDated(row, before, e))]),
                // One that goes on, with somebody else or at a survivor, was let through before.
                "AwaitingDecision" when stands != "AwaitingDecision" && Verdict(row) is not (null or "Offer") and var verdict && !IsWished(row) => $"its evidence is {verdict}, and nobody wished it",
                "Expired" when stands == "AwaitingDecision" && !(Instant.Of(row.At!) >= Due(row)) => $"it is to be answered by {Due(row):O}",
                _ => null,
            };
        }

        /// <summary>
        /// The CRM knows people by numbers, and the log by names: which is whose nobody need say, as long as each number is always the same name's.
        /// Who merges two records brings the answers of others.
        /// </summary>
        private string? Answered(AuditRow row, Effect[] answers)
        {
            if (answers.Length == 0)
                return "nobody answered so then";
            if (answers.Any(e => e.Line.Path == "merge") || answers.Select(e => e.Change.Actor).Distinct().ToList() is not [var name])
                return null;
            if (_names.TryAdd(row.Actor, name) && _numbers.TryAdd(name, row.Actor))
                return null;
            return _names[row.Actor] == name && _numbers[name] == row.Actor ? null : $"it was answered by {name}, who is {_numbers.GetValueOrDefault(name)} elsewhere";
        }

        private IEnumerable<Effect> Others(AuditRow row, string field) => Of(row).Where(e => !e.IsOurs && e.Is(field));

        private IEnumerable<Effect> Of(AuditRow row) => _book.IdsOf(row.LeadKey!).Distinct().SelectMany(_timeline.Of);

        /// <summary>As the CRM tells it, or by the offer, where that lies behind it; where no history is kept, it was there when it was decided on.</summary>
        private bool IsDated(AuditRow row, List<AuditRow> before, Effect answer)
        {
            var (at, told) = (Instant.Of(row.At!), history.Facts.AsTold(answer.Line.At));
            if (history.Facts.WithoutHistory.Contains(answer.Change.OwnRecord))
                return at >= told && !(answer.Line.At > Made(row));
            return at == Instant.Cut(told) || (told <= at && before.Exists(r => r.Kind is "Decided" or "Observed" && r.HandoverState == "AwaitingDecision" && r.At == row.At));
        }

        /// <summary>Null where it cannot be told: the evidence was erased, or the rules are others.</summary>
        private string? Verdict(AuditRow row)
        {
            if (!history.Facts.UsesDefaultRules || row.EvidenceHash is not { } hash || _evidence.GetValueOrDefault(hash) is not { } evidence)
                return null;
            var inputs = StoredInputs.Parse(evidence.Inputs);
            return DefaultRules.Weigh(StoredFacts.Parse(evidence.Facts), inputs, _pauses.Of(evidence.LeadKey, inputs)).Verdict;
        }

        private bool IsWished(AuditRow row) => Others(row, CrmFields.Request).Any(e => e.Change.After is "send" or "dispute" && !(e.Line.At > Made(row)));

        private DateTimeOffset? Due(AuditRow row) => Of(row).LastOrDefault(e => e.Is(CrmFields.Due) && e.Change.After is not null && e.Line.At <= Instant.Of(row.At!)) is { } due ? Instant.Of(due.Change.After!) : null;

        /// <summary>When it was decided; null: nobody knows any more.</summary>
        private DateTimeOffset? Made(AuditRow row) => _made[row.TransitionId!].Select(at => (DateTimeOffset?)at).Min();
    }
}
