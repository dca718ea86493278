namespace CrmSync.Leads.Kpis;

/// <summary>What the value of a figure is.</summary>
public enum KpiMeasure
{
    /// <summary>0 to 1.</summary>
    Share,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Hours; of working time where a calendar is known.</summary>
    Hours,

    /// <summary>A difference of counts.</summary>
    Count,
}

/// <summary>
/// One figure. <see cref="Value"/>, <see cref="Low"/> and <see cref="High"/> (95 % interval) are null where they would mislead;
/// the remarks say why.
/// </summary>
/// <param name="Id">Which definition of the catalogue it follows.</param>
/// <param name="Unit">What is counted: <c>episode</c>, <c>person</c> or <c>company</c>.</param>
/// <param name="By">The group, or null for all.</param>
/// <param name="Numerator">Of a share: the hits.</param>
/// <param name="N">How many the figure stands on.</param>
/// <param name="Open">Left out since their outcome is not known yet.</param>
public sealed record KpiFigure(string Id, int Version, string Unit, string? By, int? Numerator, int N, int Open)
{
    public required KpiMeasure Measure { get; init; }
    public decimal? Value { get; init; }
    public decimal? Low { get; init; }
    public decimal? High { get; init; }
    public IReadOnlyList<KpiRemark> Remarks { get; init; } = [];

    /// <summary>How many of <see cref="N"/> rest on history that was imported.</summary>
    public int Imported { get; init; }
}

/// <summary>All figures as of one instant.</summary>
/// <param name="CutOff">The last instant up to which events are in; never the wall clock.</param>
public sealed record KpiReport(DateTimeOffset CutOff, string Zone, IReadOnlyList<KpiFigure> Figures)
{
    /// <summary>Sales that no duration counts: won before accepted, or the acceptance only concluded. At most so many as are shown.</summary>
    public IReadOnlyList<EpisodeRow> NotAveraged { get; init; } = [];
}
