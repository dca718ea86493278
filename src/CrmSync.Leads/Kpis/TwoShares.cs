namespace CrmSync.Leads.Kpis;

/// <summary>Compares the shares of two independent groups.</summary>
public static class TwoShares
{
    /// <summary>
    /// The difference of two shares (first less second) with its 95 % interval after Newcombe: each bound adds the distances
    /// of the two Wilson bounds in quadrature. Null if a group is empty. R. G. Newcombe, "Interval estimation for the difference
    /// between independent proportions", Statistics in Medicine 17 (1998) 873-890, method 10.
    /// </summary>
    public static (decimal Value, decimal Low, decimal High)? Difference(int hits, int n, int otherHits, int otherN)
    {
        if (n == 0 || otherN == 0)
            return null;
        double share = (double)hits / n, other = (double)otherHits / otherN;
        var (low, high) = Statistics.WilsonBounds(hits, n);
        var (otherLow, otherHigh) = Statistics.WilsonBounds(otherHits, otherN);
        var difference = share - other;
        return (
            Statistics.Rounded(difference),
            Statistics.Rounded(difference - Hypotenuse(share - low, otherHigh - other)),
            Statistics.Rounded(difference + Hypotenuse(high - share, other - otherLow)));
    }

    /// <summary>
    /// Fisher's exact test, two-sided: the probability, if both groups had one share, of a table at most as probable as this
    /// one. R. A. Fisher, "Statistical Methods for Research Workers", 5th ed. (1934), section 21.02; "at most as probable" as in R.
    /// </summary>
    public static double Fisher(int hits, int n, int otherHits, int otherN)
    {
        // Tables as probable as this one differ from it by rounding only.
        const double Slack = 1e-7;
        var (all, allHits) = (n + otherN, hits + otherHits);
        var constant = LogFactorial(n) + LogFactorial(otherN) + LogFactorial(allHits) + LogFactorial(all - allHits) - LogFactorial(all);
        var seen = LogChance(hits) + Slack;
        var sum = 0.0;
        for (var k = Math.Max(0, allHits - otherN); k <= Math.Min(n, allHits); k++)
            if (LogChance(k) is var chance && chance <= seen)
                sum += Math.Exp(chance);
        return Math.Min(1, sum);

        double LogChance(int k) => constant
            - LogFactorial(k) - LogFactorial(n - k) - LogFactorial(allHits - k) - LogFactorial(otherN - allHits + k);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt(a * a + b * b);

    // Stirling's series; below its reach the product itself.
    private static double LogFactorial(int n)
    {
        const int Reach = 20;
        if (n < Reach)
        {
            var product = 1.0;
            for (var i = 2; i <= n; i++)
                product *= i;
            return Math.Log(product);
        }
        double x = n, square = x * x;
        return x * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI * x) + (1 - (1 / 30.0 - 1 / (105.0 * square)) / square) / (12 * x);
    }
}
