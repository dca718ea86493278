using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>
/// What a criterion was worth among the leads that sales decided. <see cref="OnAcceptance"/> and <see cref="OnWinning"/>: how well
/// a yes foretold either. <see cref="RejectedCaught"/>: of those that sales rejected, how many it did not answer with yes, and so
/// would have kept back had it been required; <see cref="AcceptedLost"/>: how many accepted ones it would have cost, and
/// <see cref="WonLost"/> how many won ones.
/// </summary>
public sealed record CriterionEvidence(string Criterion, CriterionGroup Group, int Met, int NotMet, int Unknown, Predictor OnAcceptance, Predictor OnWinning)
{
    public required CountedShare RejectedCaught { get; init; }
    public required CountedShare AcceptedLost { get; init; }
    public required CountedShare WonLost { get; init; }
}

/// <summary>All criteria, in the order in which they first came.</summary>
/// <param name="Decided">Leads that sales accepted or rejected.</param>
/// <param name="Ended">Accepted leads that were won, or had as long as others that were.</param>
public sealed record CriteriaReport(int Decided, int Accepted, int Ended, int Won, IReadOnlyList<CriterionEvidence> Criteria);

/// <summary>Counts decided leads one by one, by what the rules had found of each when it was offered.</summary>
public sealed class CriteriaTally
{
    private readonly Dictionary<string, Entry> _criteria = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly OutcomeCount _acceptance = new(), _winning = new();

    /// <param name="findings">What each criterion found.</param>
    /// <param name="accepted">What sales said.</param>
    /// <param name="won">What became of an accepted lead; null: not known yet, or it was rejected.</param>
    public void Add(IEnumerable<(string Criterion, CriterionGroup Group, CriterionResult Result)> findings, bool accepted, bool? won)
    {
        _acceptance.Add(accepted);
        _winning.Add(won);
        foreach (var (criterion, group, result) in findings)
        {
            if (!_criteria.TryGetValue(criterion, out var entry))
            {
                _criteria.Add(criterion, entry = new(criterion, group));
                _order.Add(criterion);
            }
            entry.Acceptance.Add(result, accepted);
            entry.Winning.Add(result, won);
        }
    }

    public CriteriaReport Report()
    {
        var criteria = _order.ConvertAll(id => _criteria[id].Evidence());
        // One family: whoever looks at the table looks at both outcomes.
        var tested = criteria.SelectMany(criterion => new[] { criterion.OnAcceptance.P, criterion.OnWinning.P }).ToList();
        var holds = new Queue<bool>(Kpis.FalseDiscoveries.Hold([.. tested.OfType<double>()]));
        return new(_acceptance.Leads, _acceptance.Won, _winning.Known, _winning.Won, criteria.ConvertAll(criterion => criterion with
        {
            OnAcceptance = Marked(criterion.OnAcceptance), OnWinning = Marked(criterion.OnWinning),
        }));

        Predictor Marked(Predictor predictor) => predictor.P is null ? predictor : predictor with { Holds = holds.Dequeue() };
    }

    private sealed class Entry(string id, CriterionGroup group)
    {
        internal AnswerCount Acceptance { get; } = new();
        internal AnswerCount Winning { get; } = new();

        internal CriterionEvidence Evidence()
        {
            var (accepted, rejected) = (Acceptance.Won, Acceptance.Known - Acceptance.Won);
            var (acceptedMet, rejectedMet) = (Acceptance.Met.Won, Acceptance.Met.Known - Acceptance.Met.Won);
            return new(id, group, Acceptance.Of(CriterionResult.Met), Acceptance.Of(CriterionResult.NotMet), Acceptance.Of(CriterionResult.Unknown),
                Predictor.Of(Acceptance.Met.Known, acceptedMet, Acceptance.Known, accepted),
                Predictor.Of(Winning.Met.Known, Winning.Met.Won, Winning.Known, Winning.Won))
            {
                RejectedCaught = CountedShare.Of(rejected - rejectedMet, rejected),
                AcceptedLost = CountedShare.Of(accepted - acceptedMet, accepted),
                WonLost = CountedShare.Of(Winning.Won - Winning.Met.Won, Winning.Won),
            };
        }
    }
}
