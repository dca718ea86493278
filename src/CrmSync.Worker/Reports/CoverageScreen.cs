using System.Globalization;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Reports;

/// <summary>How much of what the rules ask the data can answer, for a person; what hurts most first.</summary>
internal static class CoverageScreen
{
    private const string English = "en";

    public static void Print(TextWriter screen, CoverageReport report)
    {
        if (report.Criteria.Count > 0)
            Criteria(screen, report);
        Facts(screen, report);
    }

    private static void Criteria(TextWriter screen, CoverageReport report)
    {
        var table = new TextTable("criterion", "group", "points", "can decide", "", "unknown").Left(1);
        foreach (var criterion in report.Criteria)
        {
            table.Add(criterion.Criterion, VerdictText.Of(criterion.Group, English), criterion.Points == 0 ? "" : criterion.Points.ToString(CultureInfo.InvariantCulture),
                TextTable.Count(criterion.Decided), criterion.UnknownShare is { } unknown ? TextTable.Percent(1 - unknown) : "too few", TextTable.Count(criterion.Unknown));
        }
        table.Print(screen);
        screen.WriteLine();
    }

    private static void Facts(TextWriter screen, CoverageReport report)
    {
        var table = new TextTable("fact", "empty", "", "keeps without a verdict");
        foreach (var fact in report.Facts)
        {
            table.Add(fact.Fact, TextTable.Count(fact.Empty), fact.EmptyShare is { } empty ? TextTable.Percent(empty) : "too few",
                fact.KeepsUndecided == 0 ? "" : TextTable.Count(fact.KeepsUndecided, "lead"));
        }
        table.Print(screen);
        if (report.Facts.FirstOrDefault(fact => fact is { KeepsUndecided: > 0, EmptyShare: not null }) is { } worst)
        {
            screen.WriteLine(worst.Empty == report.Leads
                ? $"{worst.Fact} is empty on every lead: is there a column or property that tells of it?"
                : $"{worst.Fact} is empty on {TextTable.Percent(worst.EmptyShare!.Value)}: filling it in helps most.");
        }
    }
}
