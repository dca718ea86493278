namespace CrmSync.Leads.Rules;

/// <summary>The finding on which a pass hangs: without it the score is <paramref name="ScoreWithout"/> and the gate says no.</summary>
public sealed record Hinge(string Criterion, CriterionGroup Group, int ScoreWithout);

/// <summary>
/// What keeps a lead from the MQL gate: points missing (0: enough), and the smallest changes that would pass it.
/// <paramref name="Ways"/>: sets of one criterion, or of two where no single one would do, that met afresh pass the gate; the
/// lightest few, by id. <paramref name="HandRaiseSuffices"/>: a request would pass it at once.
/// </summary>
public sealed record Shortfall(int Fit, int Interest, IReadOnlyList<IReadOnlyList<string>> Ways, bool HandRaiseSuffices);
