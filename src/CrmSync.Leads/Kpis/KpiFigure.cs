namespace CrmSync.Leads.Kpis;

/// <summary>
/// One figure. <paramref name="Unit"/>: what is counted. <paramref name="By"/>: the group, or null for all. <paramref name="Open"/>:
/// left out since their outcome is not yet known. <paramref name="Value"/>, <paramref name="Low"/> and <paramref name="High"/> (95 %
/// interval) are null where they would mislead; the note says why. Rates are shares, 0 to 1; times are calendar days.
/// </summary>
public sealed record KpiFigure(
    string Id, int Version, string Unit, string? By, int? Numerator, int N, int Open, decimal? Value, decimal? Low, decimal? High, string? Note);

/// <summary>All figures as of one instant.</summary>
public sealed record KpiReport(DateTimeOffset CutOff, string Zone, IReadOnlyList<KpiFigure> Figures);
