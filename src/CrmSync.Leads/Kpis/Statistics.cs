namespace CrmSync.Leads.Kpis;

/// <summary>The few statistics that honest figures need.</summary>
public static class Statistics
{
    /// <summary>Below this many, figures are noise: counts are shown, shares are not.</summary>
    public const int Fewest = 20;

    // Two-sided 95 %.
    private const double Z = 1.959963984540054;

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

    /// <summary>A quantile of sorted values, between neighbours in proportion.</summary>
    public static decimal Quantile(IReadOnlyList<decimal> sorted, decimal share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)decimal.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>The 95 % interval of the median by order statistics; null for fewer than six values.</summary>
    public static (decimal Low, decimal High)? MedianInterval(IReadOnlyList<decimal> sorted)
    {
        if (sorted.Count < 6)
            return null;
        var rank = Math.Max(1, (int)Math.Floor((sorted.Count - Z * Math.Sqrt(sorted.Count)) / 2));
        return (sorted[rank - 1], sorted[sorted.Count - rank]);
    }

    internal static decimal Rounded(double value) => Math.Round((decimal)value, 4, MidpointRounding.AwayFromZero);
}
