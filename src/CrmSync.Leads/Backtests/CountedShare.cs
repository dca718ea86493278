using CrmSync.Leads.Kpis;

namespace CrmSync.Leads.Backtests;

/// <summary>
/// A share (0 to 1) with its 95 % interval after Wilson (E. B. Wilson, Journal of the American Statistical Association 22
/// (1927) 209-212). Below <see cref="Statistics.Fewest"/> the counts stand alone: <see cref="Value"/>, <see cref="Low"/> and
/// <see cref="High"/> are null and <see cref="Note"/> says why.
/// </summary>
public sealed record CountedShare(int Hits, int N, decimal? Value, decimal? Low, decimal? High, string? Note)
{
    public static CountedShare Of(int hits, int n)
    {
        if (n < Statistics.Fewest)
            return new(hits, n, null, null, null, "too few");
        var interval = Statistics.Wilson(hits, n)!.Value;
        return new(hits, n, Statistics.Rounded((double)hits / n), interval.Low, interval.High, null);
    }
}
