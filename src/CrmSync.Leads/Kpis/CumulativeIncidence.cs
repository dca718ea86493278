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
    private readonly OrderedNumbers _cases;

    /// <param name="cases">Each with the time at which it ended or was last watched.</param>
    public CumulativeIncidence(IEnumerable<IncidenceCase> cases)
        : this(PileOf(cases))
    {
    }

    /// <param name="cases">As packed, and walked for each question, since what the walk meets takes more room than they. They must not change any more.</param>
    internal CumulativeIncidence(Pile<long> cases) => _cases = new(cases);

    /// <summary>Looks the cases through once, which any question begins with.</summary>
    internal void Prepare() => _cases.Prepare();

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
        var (walk, atRisk) = (new IncidenceWalk(), _cases.Count);
        foreach (var stretch in _cases.Stretches())
        {
            // All of one time lie in one stretch.
            for (int i = 0, next; i < stretch.Count; atRisk -= next - i, i = next)
            {
                var (ticks, wanted, others) = (new IncidenceCase(stretch[i]).Ticks, 0, 0);
                for (next = i; next < stretch.Count && new IncidenceCase(stretch[next]) is var other && other.Ticks == ticks; next++)
                    (wanted, others) = (wanted + (other.End == IncidenceEnd.Wanted ? 1 : 0), others + (other.End == IncidenceEnd.Other ? 1 : 0));
                // Who is last watched at an instant was still at risk in it.
                if (wanted + others == 0)
                    continue;
                walk.Step(atRisk, wanted, wanted + others);
                if (!step(new(ticks, walk.Incidence, walk.Variance())))
                    return;
            }
        }
    }

    private static Pile<long> PileOf(IEnumerable<IncidenceCase> cases)
    {
        var pile = new Pile<long>();
        foreach (var one in cases)
            pile.Add(one.Packed);
        return pile;
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
