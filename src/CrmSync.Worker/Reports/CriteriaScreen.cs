using System.Globalization;
using CrmSync.Leads.Backtests;

namespace CrmSync.Worker.Reports;

/// <summary>What the criteria did, for a meeting of both departments: no difference is claimed that may be chance.</summary>
internal sealed class CriteriaScreen(TextWriter screen, bool danish, Func<string, string> nameOf)
{
    private const int Name = 38;

    public void Print(CriteriaReport report)
    {
        screen.WriteLine(danish
            ? $"Hvad kriterierne gjorde: {report.Decided} leads med svar, {report.Accepted} godkendt; {report.Ended} godkendte med kendt udfald, {report.Won} vundet."
            : $"What the criteria did: {report.Decided} leads decided, {report.Accepted} accepted; {report.Ended} accepted ones with a known outcome, {report.Won} won.");
        if (report.Criteria.Count == 0)
            return;
        Table(danish ? "FORUDSIGER ET JA, AT SALG GODKENDER?" : "DOES A YES FORETELL THAT SALES ACCEPTS?", report.Criteria, criterion => criterion.OnAcceptance);
        if (report.Ended > 0)
            Table(danish ? "FORUDSIGER ET JA, AT LEADET VINDES?" : "DOES A YES FORETELL THAT THE LEAD IS WON?", report.Criteria, criterion => criterion.OnWinning);
        Caught(report.Criteria);
        screen.WriteLine();
        foreach (var line in TextTable.Lines(danish
            ? "\"Bevis\" kun, hvor forskellen holder, når alle kriterier prøves samtidig (Benjamini-Hochberg, 5 %). En sammenhæng er ikke en årsag, og sendte leads har alle bestået reglerne: svage forskelle er ventelige."
            : "\"Evidence\" only where the difference holds when all criteria are tested at once (Benjamini-Hochberg, 5 %). An association is no cause, and all offered leads had passed the rules: weak differences are to be expected."))
            screen.WriteLine(line);
    }

    private void Table(string title, IReadOnlyList<CriterionEvidence> criteria, Func<CriterionEvidence, Predictor> of)
    {
        screen.WriteLine();
        screen.WriteLine(title);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"",-Name} {(danish ? "ja" : "yes"),12} {(danish ? "forskel" : "difference"),26} {"lift",6}  {(danish ? "dom" : "verdict")}"));
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
        screen.WriteLine(danish ? "HVAD HAVDE STOPPET DE AFVISTE? (hvis kriteriet var et krav)" : "WHAT WOULD HAVE CAUGHT THE REJECTED? (were the criterion required)");
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {"",-Name} {(danish ? "afviste stoppet" : "rejected caught"),20} {(danish ? "godkendte tabt" : "accepted lost"),20} {(danish ? "vundne tabt" : "won lost"),14}"));
        foreach (var criterion in criteria.Where(c => c.Group != Leads.Rules.CriterionGroup.Blocker).OrderByDescending(c => c.RejectedCaught.Hits - c.AcceptedLost.Hits))
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
        { P: null } => danish ? "for få" : "too few",
        { Holds: true, Difference: > 0 } => danish ? "▲ bevis for" : "▲ evidence for",
        { Holds: true } => danish ? "▼ bevis imod" : "▼ evidence against",
        _ => danish ? "intet bevis" : "no evidence",
    };
}
