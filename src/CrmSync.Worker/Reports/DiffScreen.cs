using CrmSync.Leads.Backtests;
using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Reports;

/// <summary>What two rule sets say of the same leads, for a person.</summary>
internal static class DiffScreen
{
    private const string English = "en";

    public static void Print(TextWriter screen, VerdictDiffReport report)
    {
        screen.WriteLine($"{TextTable.Count(report.Flipped)} of {TextTable.Count(report.Leads, "lead")} get{(report.Flipped == 1 ? "s" : "")} another verdict{(report.Leads > 0 ? $" ({TextTable.Percent(report.Flipped, report.Leads)})" : "")}.");
        var table = new TextTable("before", "after", "leads").Left(1);
        foreach (var move in report.Moves)
            table.Add(VerdictText.Of(move.From, English), move.From == move.To ? "the same" : VerdictText.Of(move.To, English), TextTable.Count(move.Leads));
        table.Print(screen);
        foreach (var flip in report.Flips)
            Print(screen, flip);
        if (report.Flips.Count < report.Flipped)
            screen.WriteLine($"... and {TextTable.Count(report.Flipped - report.Flips.Count)} more; --most N shows more.");
    }

    private static void Print(TextWriter screen, VerdictFlip flip)
    {
        screen.WriteLine();
        screen.WriteLine($"{TextTable.Printable(flip.Lead, 60)}: {VerdictText.Of(flip.From, English)} -> {VerdictText.Of(flip.To, English)}; "
            + $"{Change("fit", flip.FitFrom, flip.FitTo)}, {Change("interest", flip.InterestFrom, flip.InterestTo)}");
        foreach (var reason in flip.Reasons)
            screen.WriteLine($"  {(reason.What == "gate" ? "gate " : "")}{reason.Name}: {reason.Before ?? "not in the old rules"} -> {reason.After ?? "not in the new rules"}");
        if (flip.Reasons.Count == 0)
            screen.WriteLine("  The answers and gates are alike; the caps or the order of the rules differ.");
    }

    private static string Change(string score, int before, int after) => before == after ? $"{score} {before}" : $"{score} {before} -> {after}";
}
