using CrmSync.Leads.Facts;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>How much of what the rules ask the data can answer; what hurts most comes first.</summary>
public sealed record CoverageReport(int Leads, IReadOnlyList<CriterionCoverage> Criteria, IReadOnlyList<FactCoverage> Facts);

/// <summary>For how many leads a criterion could not decide. <paramref name="UnknownShare"/>: 0 to 1; null for too few leads.</summary>
public sealed record CriterionCoverage(string Criterion, CriterionGroup Group, int Points, int Decided, int Unknown, decimal? UnknownShare);

/// <summary>
/// For how many leads a fact is empty, and how many leads have no verdict (<see cref="Verdict.NotEnoughData"/>) that this fact could
/// give them. <paramref name="EmptyShare"/>: 0 to 1; null for too few leads.
/// </summary>
public sealed record FactCoverage(string Fact, int Empty, decimal? EmptyShare, int KeepsUndecided);

/// <summary>Counts what is empty, lead by lead.</summary>
public sealed class CoverageTally(RuleSet rules)
{
    private readonly Dictionary<string, (Finding First, int Unknown, int Seen)> _criteria = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Empty, int KeepsUndecided)> _facts = rules.FactsNamed.ToDictionary(fact => fact, _ => (0, 0), StringComparer.Ordinal);
    private int _leads;

    public void Add(LeadFacts facts, Evaluation evaluation)
    {
        _leads++;
        foreach (var finding in evaluation.Findings)
        {
            var (first, unknown, seen) = _criteria.GetValueOrDefault(finding.Criterion, (finding, 0, 0));
            _criteria[finding.Criterion] = (first, unknown + (finding.Result == CriterionResult.Unknown ? 1 : 0), seen + 1);
        }
        foreach (var (fact, (empty, undecided)) in _facts)
            _facts[fact] = (
                empty + (facts[fact].IsKnown ? 0 : 1),
                undecided + (evaluation.Verdict == Verdict.NotEnoughData && evaluation.MissingFacts.Contains(fact) ? 1 : 0));
    }

    public CoverageReport Report() => new(
        _leads,
        [.. _criteria.Values.Select(Criterion).OrderByDescending(PointsLost).ThenByDescending(criterion => criterion.Unknown)],
        [.. _facts.Select(Fact).OrderByDescending(fact => fact.KeepsUndecided).ThenByDescending(fact => fact.Empty).ThenBy(fact => fact.Fact, StringComparer.Ordinal)]);

    private static CriterionCoverage Criterion((Finding First, int Unknown, int Seen) of) =>
        new(of.First.Criterion, of.First.Group, of.First.MaxPoints, of.Seen - of.Unknown, of.Unknown, Share(of.Unknown, of.Seen));

    private FactCoverage Fact(KeyValuePair<string, (int Empty, int KeepsUndecided)> of) =>
        new(of.Key, of.Value.Empty, Share(of.Value.Empty, _leads), of.Value.KeepsUndecided);

    private static long PointsLost(CriterionCoverage criterion) => (long)criterion.Unknown * Math.Max(0, criterion.Points);

    private static decimal? Share(int hits, int n) => CountedShare.Of(hits, n).Value;
}
