using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports;

/// <summary>A figure as scripts are given it: names and order are relied on.</summary>
internal sealed record KpiFigureDocument(
    string Id, int Version, string Unit, string? By, int? Numerator, int N, int Open, decimal? Value, decimal? Low, decimal? High, string? Note, KpiMeasure Measure, int Imported);

/// <summary>A sale that no duration counts.</summary>
internal sealed record NotAveragedDocument(string Lead, int Episode, DateTimeOffset? AcceptedAt, DateTimeOffset? WonAt, bool AcceptanceInferred);

/// <summary>A figure that was told up to a cut-off, and what the same question answers today.</summary>
internal sealed record RestatedDocument(string Id, DateTimeOffset CutOff, ToldDocument Was, ToldDocument Now)
{
    public static RestatedDocument Of(RestatedFigure restated) => new(
        restated.Was.Id, restated.Was.CutOff, new(restated.Was.Numerator, restated.Was.N, restated.Was.Open, restated.Was.Value),
        new(restated.Now.Numerator, restated.Now.N, restated.Now.Open, restated.Now.Value));
}

/// <summary>What a figure said.</summary>
internal sealed record ToldDocument(int? Numerator, int N, int Open, decimal? Value);

/// <summary>The report of <c>kpi --json</c>; notes are in English.</summary>
internal sealed record KpiDocument(DateTimeOffset CutOff, string Zone, IReadOnlyList<KpiFigureDocument> Figures, IReadOnlyList<NotAveragedDocument> NotAveraged)
{
    /// <summary>Figures that were told before and are not what they were.</summary>
    public IReadOnlyList<RestatedDocument> Restated { get; init; } = [];

    private static readonly FigureText English = new("en");

    public static KpiDocument Of(KpiReport report) => new(
        report.CutOff, report.Zone, [.. report.Figures.Select(Of)],
        [.. report.NotAveraged.Select(row => new NotAveragedDocument(row.LeadKey, row.Episode, row.AcceptedAt, row.WonAt, row.AcceptanceInferred))]);

    private static KpiFigureDocument Of(KpiFigure figure) => new(
        figure.Id, figure.Version, figure.Unit, figure.By, figure.Numerator, figure.N, figure.Open, figure.Value, figure.Low, figure.High,
        English.Remarks(figure) is { Length: > 0 } note ? note : null, figure.Measure, figure.Imported);
}
