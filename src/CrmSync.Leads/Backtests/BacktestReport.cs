using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>What a rule set says of many leads, and how that compares with what became of them.</summary>
public sealed record BacktestReport
{
    public required int Leads { get; init; }

    /// <summary>Leads by verdict; every verdict is there.</summary>
    public required IReadOnlyDictionary<Verdict, int> Verdicts { get; init; }

    /// <summary>Leads by the policy that judged them.</summary>
    public required IReadOnlyDictionary<string, int> Policies { get; init; }

    /// <summary>The facts for want of which leads have no verdict, the most frequent first.</summary>
    public required IReadOnlyList<MissingFact> Missing { get; init; }

    /// <summary>mql, offer, and sql as it would answer if sales accepted what it was offered.</summary>
    public required IReadOnlyList<GateCount> Gates { get; init; }

    public required IReadOnlyList<ScoreBand> Fit { get; init; }
    public required IReadOnlyList<ScoreBand> Interest { get; init; }

    /// <summary>Null if no outcome is known of any lead.</summary>
    public required CountedShare? Won { get; init; }

    /// <summary>Leads without a known outcome; they count everywhere but in what is compared with outcomes.</summary>
    public required int WithoutOutcome { get; init; }

    public required IReadOnlyList<CriterionCount> Criteria { get; init; }
}

/// <summary>A fact that could give so many leads a verdict.</summary>
public sealed record MissingFact(string Fact, int Leads);

/// <summary>How a gate answered; <paramref name="AsPredictor"/>: of those it passed, null without outcomes.</summary>
public sealed record GateCount(string Gate, int Pass, int NotEnoughData, int NoPass, Predictor? AsPredictor);

/// <summary>Leads with a score from and up to these bounds, both included; <paramref name="Won"/>: of those with an outcome.</summary>
public sealed record ScoreBand(int From, int To, int Leads, CountedShare? Won);

/// <summary>How a criterion answered the leads whose policy asks it; <paramref name="Points"/> as the first of these has them.</summary>
public sealed record CriterionCount(string Criterion, CriterionGroup Group, int Points, int Met, int NotMet, int Unknown, Predictor? AsPredictor);
