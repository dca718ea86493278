namespace CrmSync.Leads.Kpis;

/// <summary>How what is watched of a case ended.</summary>
public enum IncidenceEnd
{
    /// <summary>Not yet: it was watched for so long.</summary>
    Open,
    Wanted,

    /// <summary>In a way after which the wanted end cannot come.</summary>
    Other,
}

/// <summary>A case and for how long it was watched, in eight bytes: a report holds one for each episode.</summary>
public readonly record struct IncidenceCase
{
    private const int EndBits = 2;

    /// <param name="ticks">0 or more.</param>
    public IncidenceCase(long ticks, IncidenceEnd end) => Packed = (ticks << EndBits) | (long)end;

    internal IncidenceCase(long packed) => Packed = packed;

    public long Ticks => Packed >> EndBits;
    public IncidenceEnd End => (IncidenceEnd)(Packed & ((1 << EndBits) - 1));

    /// <summary>As a plain number, by time and then by end: those sort several times as fast.</summary>
    internal long Packed { get; }
}

/// <summary>The estimator's running sums. With F the incidence, S the share still without an end, n at risk and d ends.</summary>
internal sealed class IncidenceWalk
{
    private double _survival = 1;

    // Sums of w, F w and F^2 w with w = d / (n (n - d)); of v = S^2 d_k (n - d_k) / n^3; of u and F u with u = S d_k / n^2.
    private double _w, _fw, _ffw, _v, _u, _fu;

    internal double Incidence { get; private set; }

    /// <param name="atRisk">At least <paramref name="all"/>.</param>
    /// <param name="wanted">Ends of the wanted kind at this time.</param>
    /// <param name="all">Ends of any kind at this time.</param>
    internal void Step(int atRisk, int wanted, int all)
    {
        double n = atRisk, k = wanted, d = all;
        Incidence += _survival * k / n;
        var f = Incidence;
        // With nobody left there is nothing further to be unsure of.
        var w = all < atRisk ? d / (n * (n - d)) : 0;
        var u = _survival * k / (n * n);
        (_w, _fw, _ffw) = (_w + w, _fw + f * w, _ffw + f * f * w);
        _v += _survival * _survival * k * (n - k) / (n * n * n);
        (_u, _fu) = (_u + u, _fu + f * u);
        _survival *= 1 - d / n;
    }

    internal double Variance()
    {
        var f = Incidence;
        return f * f * _w - 2 * f * _fw + _ffw + _v - 2 * (f * _u - _fu);
    }
}
