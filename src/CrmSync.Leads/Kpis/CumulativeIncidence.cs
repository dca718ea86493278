namespace CrmSync.Leads.Kpis;

/// <summary>
/// The share of a cohort that one kind of end had reached by a time, where other ends compete and the young are watched for less
/// time (Aalen-Johansen). Taking competing ends for open cases, as Kaplan-Meier would, overstates it. Variance by the delta method:
/// E. Marubini, M. G. Valsecchi, "Analysing Survival Data from Clinical Trials and Observational Studies" (1995), section 10.2;
/// bounds on the scale log(-log F), so that they stay within 0 and 1.
/// </summary>
public sealed class CumulativeIncidence
{
    // Sums of products of a million factors differ from what they stand for by less than this.
    private const double Slack = 1e-9;
    private readonly IncidenceCase[] _cases;

    /// <param name="cases">Each with the time at which it ended or was last watched.</param>
    public CumulativeIncidence(IEnumerable<IncidenceCase> cases)
        : this(cases.ToArray())
    {
    }

    /// <param name="cases">Are sorted, and kept: they are walked for each question, since what the walk meets takes more room than they.</param>
    internal CumulativeIncidence(IncidenceCase[] cases)
    {
        IncidenceCase.Sort(cases);
        _cases = cases;
    }

    /// <summary>The share that had reached it by a time, with its 95 % interval (null where nobody or everybody had).</summary>
    public (double Value, double? Low, double? High) At(TimeSpan time)
    {
        IncidencePoint last = default;
        Walk(point =>
        {
            last = point.Ticks <= time.Ticks ? point : last;
            return point.Ticks <= time.Ticks;
        });
        return (last.Share, last.Low, last.High);
    }

    /// <summary>When a share had reached it, with the 95 % interval of that time; null: not reached.</summary>
    public (TimeSpan? Value, TimeSpan? Low, TimeSpan? High) TimeUntil(double share) => TimesUntil([share])[0];

    /// <summary>As <see cref="TimeUntil"/>, for some shares at once.</summary>
    internal (TimeSpan? Value, TimeSpan? Low, TimeSpan? High)[] TimesUntil(double[] shares)
    {
        var times = new (TimeSpan? Value, TimeSpan? Low, TimeSpan? High)[shares.Length];
        Walk(point =>
        {
            for (var i = 0; i < shares.Length; i++)
                if (times[i].High is null)
                    Note(ref times[i], point, shares[i] - Slack);
            return Array.Exists(times, time => time.High is null);
        });
        return times;
    }

    private static void Note(ref (TimeSpan? Value, TimeSpan? Low, TimeSpan? High) times, in IncidencePoint point, double least)
    {
        if (times.Low is null && point.IsHighFrom(least))
            times.Low = TimeSpan.FromTicks(point.Ticks);
        if (point.Share < least)
            return;
        times.Value ??= TimeSpan.FromTicks(point.Ticks);
        if ((point.Low ?? point.Share) >= least)
            times.High = TimeSpan.FromTicks(point.Ticks);
    }

    /// <param name="step">Is told each time at which something ended; false: it has seen enough.</param>
    private void Walk(Func<IncidencePoint, bool> step)
    {
        var walk = new IncidenceWalk();
        for (int i = 0, next; i < _cases.Length; i = next)
        {
            var (wanted, others) = (0, 0);
            for (next = i; next < _cases.Length && _cases[next].Ticks == _cases[i].Ticks; next++)
                (wanted, others) = _cases[next].End switch
                {
                    IncidenceEnd.Wanted => (wanted + 1, others),
                    IncidenceEnd.Other => (wanted, others + 1),
                    _ => (wanted, others),
                };
            // Who is last watched at an instant was still at risk in it.
            if (wanted + others == 0)
                continue;
            walk.Step(_cases.Length - i, wanted, wanted + others);
            if (!step(new(_cases[i].Ticks, walk.Incidence, walk.Variance())))
                return;
        }
    }
}

/// <summary>How things stood at a time at which something ended.</summary>
internal readonly record struct IncidencePoint(long Ticks, double Share, double Variance)
{
    private const double Slack = 1e-9;

    /// <summary>The bounds of the 95 % interval; null where nobody or everybody had reached it.</summary>
    internal double? Low => Bound(+1);
    internal double? High => Bound(-1);

    /// <summary>
    /// The upper bound, or without one the share, is at least so much. Nearly always a bound of the bound says no, which takes no
    /// logarithm: on the scale of the interval a share F rises by at most 1/e for each unit, and -F log F is at least F (1 - F).
    /// </summary>
    internal bool IsHighFrom(double least)
    {
        if (Share > 0 && Share < 1 - Slack && Share + Statistics.Z * Math.Sqrt(Math.Max(0, Variance)) / (Math.E * Share * (1 - Share)) < least)
            return false;
        return (High ?? Share) >= least;
    }

    private double? Bound(int side) => Share is <= 0 or >= 1 - Slack
        ? null
        : Math.Pow(Share, Math.Exp(side * Statistics.Z * Math.Sqrt(Math.Max(0, Variance)) / (-Share * Math.Log(Share))));
}
