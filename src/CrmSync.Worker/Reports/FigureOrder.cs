using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports;

/// <summary>Which figures stand where.</summary>
internal static class FigureOrder
{
    /// <summary>What groups are compared by.</summary>
    public static IReadOnlyList<string> Headlines { get; } = ["mql-to-sal", "sal-to-customer", "sal-to-won.median", "sla.met", "leakage", "rejection"];

    /// <summary>The figure whose parts are criteria of the rule file.</summary>
    public const string Criterion = "rejection.criterion";

    private static readonly HashSet<string> Parts = ["rejection.reason", Criterion, "stage.age"];

    /// <summary>One of several with the same definition: of a reason, or of a stage.</summary>
    public static bool IsPart(KpiFigure figure) => Parts.Contains(figure.Id);

    /// <summary>It is of a group, not of all.</summary>
    public static bool IsOfGroup(KpiFigure figure) => figure.By is { } by && (!IsPart(figure) || by.Contains(" / ", StringComparison.Ordinal));

    /// <summary>The three KPIs alone.</summary>
    public static KpiReport Brief(KpiReport report) => report with { Figures = [.. report.Figures.Where(figure => BriefTally.Ids.Contains(figure.Id))] };
}
