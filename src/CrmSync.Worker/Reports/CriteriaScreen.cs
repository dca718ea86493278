using System.Globalization;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports;

/// <summary>What the criteria did, for a meeting of both departments: no difference is claimed that may be chance.</summary>
internal sealed class CriteriaScreen(TextWriter screen, CriteriaWords words, Func<string, string> nameOf)
{
    private const int Name = 38;

    public void Print(CriteriaReport report)
    {
        screen.WriteLine(words.Title(report.Decided, report.Accepted, report.Ended, report.Won));
        if (report.Criteria.Count == 0)
            return;
        Table(words.OnAcceptance, report.Criteria, criterion => criterion.OnAcceptance);
        if (report.Ended > 0)
            Table(words.OnWinning, report.Criteria, criterion => criterion.OnWinning);
        Caught(report.Criteria);
        screen.WriteLine();
        foreach (var line in TextTable.Lines(words.Caution))
            screen.WriteLine(line);
    }

    private void Table(string title, IReadOnlyList<CriterionEvidence> criteria, Func<CriterionEvidence, Predictor> of)
    {
        screen.WriteLine();
        screen.WriteLine(title);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"",-Name} {words.Yes,12} {words.Difference,26} {words.Lift,6}  {words.Verdict}"));
        foreach (var criterion in criteria.OrderBy(criterion => of(criterion).P ?? 2))
        {
            var predictor = of(criterion);
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Shown(criterion),-Name} {$"{predictor.Precision.Hits} / {predictor.Precision.N}",12} {Difference(predictor),26} {predictor.Lift,6:0.00}  {Verdict(predictor)}").TrimEnd());
        }
    }

    private void Caught(IReadOnlyList<CriterionEvidence> criteria)
    {
        screen.WriteLine();
        screen.WriteLine(words.Caught);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"",-Name} {words.RejectedCaught,20} {words.AcceptedLost,20} {words.WonLost,14}"));
        foreach (var criterion in criteria.Where(c => c.Group != CriterionGroup.Blocker).OrderByDescending(c => c.RejectedCaught.Hits - c.AcceptedLost.Hits))
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Shown(criterion),-Name} {Share(criterion.RejectedCaught),20} {Share(criterion.AcceptedLost),20} {Share(criterion.WonLost),14}"));
    }

    private string Shown(CriterionEvidence criterion) => TextTable.Printable(nameOf(criterion.Criterion), Name);

    private static string Share(CountedShare share) => share.Value is { } value ? $"{share.Hits} / {share.N} ({TextTable.Percent(value)})" : $"{share.Hits} / {share.N}";

    private static string Difference(Predictor predictor) => predictor is { Difference: { } value, DifferenceLow: { } low, DifferenceHigh: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:+0.0;-0.0} ({low * 100:+0.0;-0.0} .. {high * 100:+0.0;-0.0})")
        : "-";

    private string Verdict(Predictor predictor) => predictor switch
    {
        { P: null } => words.TooFew,
        { Holds: true, Difference: > 0 } => words.For,
        { Holds: true } => words.Against,
        _ => words.None,
    };
}
