namespace CrmSync.Leads.Kpis;

/// <summary>Keeps a table of many tests honest: of twenty criteria that mean nothing, one looks good by chance.</summary>
public static class FalseDiscoveries
{
    /// <summary>The share of the marked that may be chance.</summary>
    public const double Rate = 0.05;

    /// <summary>
    /// Which of some p-values hold when the false discovery rate is kept at <paramref name="rate"/>: with the values sorted, the
    /// largest k with p(k) at most k/m times the rate, and all before it. Y. Benjamini, Y. Hochberg, "Controlling the false
    /// discovery rate", Journal of the Royal Statistical Society B 57 (1995) 289-300.
    /// </summary>
    public static IReadOnlyList<bool> Hold(IReadOnlyList<double> values, double rate = Rate)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var last = -1;
        for (var k = 0; k < order.Length; k++)
            if (values[order[k]] <= (k + 1) * rate / order.Length)
                last = k;
        var hold = new bool[values.Count];
        for (var k = 0; k <= last; k++)
            hold[order[k]] = true;
        return hold;
    }
}
