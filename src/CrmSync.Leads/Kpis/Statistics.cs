namespace CrmSync.Leads.Kpis;

/// <summary>The few statistics that honest figures need.</summary>
public static class Statistics
{
    /// <summary>Below this many, figures are noise: counts are shown, shares are not.</summary>
    public const int Fewest = 20;

    // Two-sided 95 %.
    internal const double Z = 1.959963984540054;

    /// <summary>Wilson's 95 % interval of a share; null for nothing observed.</summary>
    public static (decimal Low, decimal High)? Wilson(int hits, int n)
    {
        if (n == 0)
            return null;
        var (low, high) = WilsonBounds(hits, n);
        return (Rounded(low), Rounded(high));
    }

    /// <summary>Wilson's interval, not rounded, for what is computed further. <paramref name="n"/> is at least 1.</summary>
    internal static (double Low, double High) WilsonBounds(int hits, int n)
    {
        double share = (double)hits / n, square = Z * Z;
        var middle = (share + square / (2 * n)) / (1 + square / n);
        var half = Z * Math.Sqrt(share * (1 - share) / n + square / (4.0 * n * n)) / (1 + square / n);
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>
    /// The rank, from 1, of the order statistic that is the lower bound of the median's 95 % interval; the upper bound has the
    /// same rank from above. Null where no interval of the values is sure enough (fewer than six). Exact by the binomial
    /// distribution up to a thousand values: W. J. Conover, "Practical Nonparametric Statistics", 3rd ed. (1999), section 3.2.
    /// </summary>
    public static int? MedianRank(int n)
    {
        const int MostExact = 1_000;
        const double Tail = 0.025;
        if (n > MostExact)
            return (int)Math.Floor((n - Z * Math.Sqrt(n)) / 2);
        var (rank, chance) = (0, Math.Pow(0.5, n));
        for (var sum = chance; sum <= Tail; sum += chance)
        {
            rank++;
            chance *= (double)(n - rank + 1) / rank;
        }
        return rank == 0 ? null : rank;
    }

    internal static decimal Rounded(double value) => Math.Round((decimal)value, 4, MidpointRounding.AwayFromZero);
}
