using CrmSync.Leads.Kpis;

namespace CrmSync.Leads.Backtests;

/// <summary>
/// How well a yes (a criterion met, a gate passed) foretold a won lead, among the leads that were asked and whose outcome is known. With a = yes and
/// won, b = yes and lost, c = not yes and won, d = not yes and lost (unknown counts as not yes):
/// <see cref="Precision"/> = a / (a + b); <see cref="Recall"/> = a / (a + c); <see cref="Lift"/> = precision over the share of won
/// among all, (a + c) / (a + b + c + d); <see cref="Difference"/> = precision less the share of won among the others, c / (c + d).
/// </summary>
public sealed record Predictor(CountedShare Precision, CountedShare Recall)
{
    /// <summary>1: as good as chance. Null where either side has too few.</summary>
    public decimal? Lift { get; init; }

    /// <summary>In shares, not percent, with its interval (<see cref="TwoShares.Difference"/>).</summary>
    public decimal? Difference { get; init; }
    public decimal? DifferenceLow { get; init; }
    public decimal? DifferenceHigh { get; init; }

    /// <summary>Of <see cref="TwoShares.Fisher"/>: yes against the others.</summary>
    public double? P { get; init; }

    /// <summary>Holds among all criteria of the table (<see cref="FalseDiscoveries"/>); null where nothing was compared.</summary>
    public bool? Holds { get; init; }

    internal static Predictor Of(int yes, int yesWon, int all, int won)
    {
        var predictor = new Predictor(CountedShare.Of(yesWon, yes), CountedShare.Of(yesWon, won));
        if (yes < Statistics.Fewest || all - yes < Statistics.Fewest || won == 0)
            return predictor;
        var difference = TwoShares.Difference(yesWon, yes, won - yesWon, all - yes)!.Value;
        return predictor with
        {
            Lift = Statistics.Rounded((double)yesWon / yes / ((double)won / all)),
            Difference = difference.Value,
            DifferenceLow = difference.Low,
            DifferenceHigh = difference.High,
            P = TwoShares.Fisher(yesWon, yes, won - yesWon, all - yes),
        };
    }
}
