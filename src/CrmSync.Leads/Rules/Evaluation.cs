namespace CrmSync.Leads.Rules;

/// <summary>The answer of the engine: everything seen, the scores (0 to their caps), the gates and what would have changed them.</summary>
public sealed record Evaluation
{
    private readonly Explanation _explained;

    internal Evaluation(Explanation explained) => _explained = explained;

    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the policy that judged.</summary>
    public required string Policy { get; init; }

    /// <summary>One for every criterion of the policy, in file order.</summary>
    public IReadOnlyList<Finding> Findings => _explained.Findings;

    public required int FitScore { get; init; }
    public required int InterestScore { get; init; }
    public required GateResult Mql { get; init; }
    public required GateResult Offer { get; init; }
    public required GateResult SalesQualified { get; init; }
    public required Verdict Verdict { get; init; }

    /// <summary>A hand-raise criterion is met.</summary>
    public required bool HandRaise { get; init; }

    /// <summary>The latest act of a hand-raise criterion that is met.</summary>
    public required DateTimeOffset? HandRaisedAt { get; init; }

    /// <summary>Ids of the blockers that are met.</summary>
    public required IReadOnlyList<string> Blockers { get; init; }

    /// <summary>Names of the facts whose filling in could turn a gate that has not enough data, or hand the lead to a policy that answers otherwise.</summary>
    public IReadOnlyList<string> MissingFacts => _explained.MissingFacts;

    /// <summary>The newest act, up to the judgement, of any kind that an interest criterion weighs.</summary>
    public required DateTimeOffset? LatestEvidenceAt { get; init; }

    /// <summary>The first later instant at which a gate answers otherwise although no fact changed, or null.</summary>
    public required DateTimeOffset? NextChangeAt { get; init; }

    /// <summary>Set when the MQL gate passes and one finding alone carried it.</summary>
    public Hinge? HungOn => _explained.HungOn;

    /// <summary>Set when the MQL gate does not pass.</summary>
    public Shortfall? Shortfall => _explained.Shortfall;

    /// <summary>Whether nothing is known of any fact in these slots.</summary>
    internal bool KnowsNone(IReadOnlyList<int> slots) => _explained.KnowsNone(slots);
}
