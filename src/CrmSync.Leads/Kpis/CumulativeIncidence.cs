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
    private readonly List<Point> _points = [];

    /// <param name="cases">Each with the time at which it ended or was last watched. The list is sorted.</param>
    public CumulativeIncidence(List<IncidenceCase> cases)
    {
        IncidenceCase.Sort(cases);
        var walk = new IncidenceWalk();
        for (int i = 0, next; i < cases.Count; i = next)
        {
            var (wanted, others) = (0, 0);
            for (next = i; next < cases.Count && cases[next].Ticks == cases[i].Ticks; next++)
                (wanted, others) = cases[next].End switch
                {
                    IncidenceEnd.Wanted => (wanted + 1, others),
                    IncidenceEnd.Other => (wanted, others + 1),
                    _ => (wanted, others),
                };
            // Who is last watched at an instant was still at risk in it.
            if (wanted + others > 0)
            {
                walk.Step(cases.Count - i, wanted, wanted + others);
                _points.Add(new(cases[i].Ticks, walk.Incidence, walk.Variance()));
            }
        }
    }

    /// <summary>The share that had reached it by a time, with its 95 % interval (null where nobody or everybody had).</summary>
    public (double Value, double? Low, double? High) At(TimeSpan time)
    {
        var at = _points.FindLastIndex(point => point.Ticks <= time.Ticks);
        return at < 0 ? (0, null, null) : (_points[at].Share, _points[at].Low, _points[at].High);
    }

    /// <summary>When a share had reached it, with the 95 % interval of that time; null: not reached.</summary>
    public (TimeSpan? Value, TimeSpan? Low, TimeSpan? High) TimeUntil(double share) =>
        (First(point => point.Share, share), First(point => point.High ?? point.Share, share), First(point => point.Low ?? point.Share, share));

    private TimeSpan? First(Func<Point, double> bound, double share) =>
        _points.FindIndex(point => bound(point) >= share - Slack) is >= 0 and var at ? TimeSpan.FromTicks(_points[at].Ticks) : null;

    private readonly record struct Point(long Ticks, double Share, double Variance)
    {
        public double? Low => Bound(+1);
        public double? High => Bound(-1);

        private double? Bound(int side) => Share is <= 0 or >= 1 - Slack
            ? null
            : Math.Pow(Share, Math.Exp(side * Statistics.Z * Math.Sqrt(Math.Max(0, Variance)) / (-Share * Math.Log(Share))));
    }
}
