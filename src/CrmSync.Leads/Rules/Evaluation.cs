using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// What one criterion saw. A code with parameters, never a sentence. <see cref="Points"/> are whole, after fading;
/// <see cref="MaxPoints"/> are those of a fresh act. <see cref="Count"/>, <see cref="SeenAt"/> (the latest act in the window) and
/// <see cref="Detail"/> (its title) belong to acts. <see cref="CountedSince"/>: acts before it are not on record.
/// </summary>
public sealed record Finding(string Criterion, CriterionGroup Group, CriterionResult Result, int Points, int MaxPoints)
{
    /// <summary>The fact that decided, or null.</summary>
    public string? Fact { get; init; }

    public FactValue Value { get; init; }
    public int? Count { get; init; }
    public string? Detail { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public DateTimeOffset? CountedSince { get; init; }
}

/// <summary>The verdict, the scores (0 to 100) and one finding for every criterion, in file order.</summary>
public readonly record struct Weighed(Verdict Verdict, int FitScore, int InterestScore, IReadOnlyList<Finding> Findings);

/// <summary>The finding on which a pass hangs: without it the score is <paramref name="ScoreWithout"/> and the gate says no.</summary>
public sealed record Hinge(string Criterion, CriterionGroup Group, int ScoreWithout);

/// <summary>
/// What keeps a lead from the MQL gate: points missing (0: enough), and the smallest changes that would pass it.
/// <paramref name="Ways"/>: sets of one criterion, or of two where no single one would do, that met afresh pass the gate; the
/// lightest few, by id. <paramref name="HandRaiseSuffices"/>: a request would pass it at once.
/// </summary>
public sealed record Shortfall(int Fit, int Interest, IReadOnlyList<IReadOnlyList<string>> Ways, bool HandRaiseSuffices);

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
}
