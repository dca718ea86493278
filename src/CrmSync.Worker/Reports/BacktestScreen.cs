using System.Globalization;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Reports;

/// <summary>A backtest for a person: what the rules say of the leads, and how well that foretold the won ones.</summary>
internal static class BacktestScreen
{
    private const string English = "en";
    private const int MissingShown = 4;

    // The widest table has this much room for a name.
    private const int NameShown = 30;
    private const string Margin = "    ";

    // An interval narrower than this deserves a decimal.
    private const decimal Narrow = 0.02m;

    public static void Print(TextWriter screen, BacktestReport report)
    {
        Verdicts(screen, report);
        Gates(screen, report);
        Scores(screen, report);
        Criteria(screen, report);
        if (report.Won is { } won)
            Outcomes(screen, report, won);
    }

    private static void Verdicts(TextWriter screen, BacktestReport report)
    {
        var table = new TextTable("verdict", "leads", "");
        foreach (var (verdict, leads) in report.Verdicts.OrderByDescending(pair => pair.Key))
            table.Add(VerdictText.Of(verdict, English), TextTable.Count(leads), TextTable.Percent(leads, report.Leads));
        table.Print(screen);
        if (report.Missing.Count > 0)
            Say(screen, $"  No verdict for want of: {string.Join(", ", report.Missing.Take(MissingShown).Select(fact => $"{fact.Fact} ({TextTable.Count(fact.Leads)})"))}");
        if (report.Policies.Count > 1)
            Say(screen, $"  Judged by policy: {string.Join(", ", report.Policies.Select(policy => $"{policy.Key} {TextTable.Count(policy.Value)}"))}");
        screen.WriteLine();
    }

    private static void Gates(TextWriter screen, BacktestReport report)
    {
        var table = new TextTable("gate", "pass", "", "not enough data", "no");
        foreach (var gate in report.Gates)
            table.Add(gate.Gate == "sql" ? "sql, if offered and accepted" : gate.Gate, TextTable.Count(gate.Pass), TextTable.Percent(gate.Pass, report.Leads), TextTable.Count(gate.NotEnoughData), TextTable.Count(gate.NoPass));
        table.Print(screen);
        screen.WriteLine();
    }

    private static void Scores(TextWriter screen, BacktestReport report)
    {
        var table = new TextTable(["score", .. report.Fit.Select(band => $"{band.From}-{band.To}")]);
        table.Add(["fit", .. report.Fit.Select(band => TextTable.Count(band.Leads))]);
        if (report.Won is not null)
            table.Add(["  of these won", .. report.Fit.Select(Won)]);
        table.Add(["interest", .. report.Interest.Select(band => TextTable.Count(band.Leads))]);
        if (report.Won is not null)
            table.Add(["  of these won", .. report.Interest.Select(Won)]);
        table.Print(screen);
        screen.WriteLine();
    }

    private static string Won(ScoreBand band) => band.Won switch { { Value: { } value } => TextTable.Percent(value), { N: 0 } or null => "", var few => $"{few.Hits} of {few.N}" };

    private static void Criteria(TextWriter screen, BacktestReport report)
    {
        var table = new TextTable("criterion", "group", "points", "met", "", "not met", "unknown").Left(1);
        foreach (var criterion in report.Criteria)
        {
            table.Add(TextTable.Printable(criterion.Criterion, NameShown), VerdictText.Of(criterion.Group, English), criterion.Points == 0 ? "" : criterion.Points.ToString(CultureInfo.InvariantCulture),
                TextTable.Count(criterion.Met), TextTable.Percent(criterion.Met, report.Leads), TextTable.Count(criterion.NotMet), TextTable.Count(criterion.Unknown));
        }
        table.Print(screen);
    }

    private static void Outcomes(TextWriter screen, BacktestReport report, CountedShare won)
    {
        var open = report.WithoutOutcome > 0 ? $"; {TextTable.Count(report.WithoutOutcome, "lead")} without an outcome {(report.WithoutOutcome == 1 ? "is" : "are")} left out below" : "";
        screen.WriteLine();
        Say(screen, $"{TextTable.Count(won.Hits)} of {TextTable.Count(won.N)} {(won.N == 1 ? "was" : "were")} won{(won.Value is null ? "" : $": {Share(won)}")}{open}.");
        Say(screen, "Precision: won among those it is met for. Recall: met among the won. Lift: precision over the share of all; 1 is chance.");
        Say(screen, "In brackets 95 %. A star: the difference holds, with at most 5 % of the stars due to chance. Under 20 leads: counts alone.");
        var table = new TextTable("foretold by", "", "won of met", "precision", "recall", "lift").Left(1);
        foreach (var gate in report.Gates.Where(gate => gate is { Gate: not "sql", AsPredictor: not null }))
            Add(table, $"gate {gate.Gate}", gate.AsPredictor!);
        foreach (var criterion in report.Criteria.Where(IsCompared).OrderByDescending(criterion => criterion.AsPredictor!.Lift ?? -1))
            Add(table, criterion.Criterion, criterion.AsPredictor!);
        table.Print(screen);
        if (report.Criteria.Where(criterion => !IsCompared(criterion)).Select(criterion => criterion.Criterion).ToList() is { Count: > 0 } never)
            Say(screen, $"  Met for none of them: {string.Join(", ", never)}");
    }

    private static void Say(TextWriter screen, string text)
    {
        foreach (var line in TextTable.Lines(text, margin: Margin))
            screen.WriteLine(line);
    }

    private static bool IsCompared(CriterionCount criterion) => criterion.AsPredictor!.Precision.N > 0;

    private static void Add(TextTable table, string name, Predictor predictor)
    {
        var precision = predictor.Precision;
        table.Add(TextTable.Printable(name, NameShown), predictor.Holds == true ? "*" : "", $"{TextTable.Count(precision.Hits)} of {TextTable.Count(precision.N)}",
            Share(precision), Share(predictor.Recall), predictor.Lift?.ToString("0.00", CultureInfo.InvariantCulture) ?? "too few");
    }

    private static string Share(CountedShare share)
    {
        if (share is not { Value: { } value, Low: { } low, High: { } high })
            return "too few";
        var form = high - low < Narrow ? "0.0" : "0";
        return $"{Percent(value)} % ({Percent(low)} to {Percent(high)} %)";

        string Percent(decimal part) => (part * 100).ToString(form, CultureInfo.InvariantCulture);
    }
}
