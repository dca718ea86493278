namespace CrmSync.Leads.Rules;

/// <summary>The finding on which a pass hangs: without it the score is <paramref name="ScoreWithout"/> and the gate says no.</summary>
public sealed record Hinge(string Criterion, CriterionGroup Group, int ScoreWithout);

/// <summary>
/// What keeps a lead from the MQL gate: points missing (0: enough), counted from the sum of all points, which may lie below zero,
/// and the smallest changes that would have it handed over. <paramref name="Ways"/>: sets of one criterion, or of two where no
/// single one would do, that met afresh have it offered; the lightest few, by id. <paramref name="OnlyQualifies"/>: they pass the
/// MQL gate and no more, since something else holds the lead back. <paramref name="HandRaiseSuffices"/>: a request would have it
/// offered at once.
/// </summary>
public sealed record Shortfall(int Fit, int Interest, IReadOnlyList<IReadOnlyList<string>> Ways, bool OnlyQualifies, bool HandRaiseSuffices);
