using CrmSync.Leads.Kpis;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>Counts judged leads one by one, in memory that does not grow with them.</summary>
public sealed class BacktestTally
{
    private static readonly int[] BandStarts = [0, 20, 40, 60, 80];
    private readonly int[] _verdicts = new int[Enum.GetValues<Verdict>().Length];
    private readonly AnswerCount _mql = new(), _offer = new(), _qualified = new();
    private readonly OutcomeCount[] _fit = Bands(), _interest = Bands();
    private readonly OutcomeCount _all = new();
    private readonly Dictionary<string, (Finding First, AnswerCount Count)> _criteria = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly Dictionary<string, int> _missing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _policies = new(StringComparer.Ordinal);

    /// <param name="evaluation">The judgement, before any acceptance.</param>
    /// <param name="qualified">The sql gate's answer if sales were offered the lead and accepted it.</param>
    /// <param name="won">What became of the lead; null if that is not known.</param>
    public void Add(Evaluation evaluation, GateResult qualified, bool? won)
    {
        _all.Add(won);
        _verdicts[(int)evaluation.Verdict]++;
        _policies[evaluation.Policy] = _policies.GetValueOrDefault(evaluation.Policy) + 1;
        _mql.Add(AnswerOf(evaluation.Mql), won);
        _offer.Add(AnswerOf(evaluation.Offer), won);
        _qualified.Add(AnswerOf(qualified), won);
        _fit[BandOf(evaluation.FitScore)].Add(won);
        _interest[BandOf(evaluation.InterestScore)].Add(won);
        foreach (var finding in evaluation.Findings)
            CountOf(finding).Add(finding.Result, won);
        if (evaluation.Verdict == Verdict.NotEnoughData)
            foreach (var fact in evaluation.MissingFacts)
                _missing[fact] = _missing.GetValueOrDefault(fact) + 1;
    }

    public BacktestReport Report()
    {
        var criteria = _order.ConvertAll(id => CriterionOf(_criteria[id]));
        return new()
        {
            Leads = _all.Leads,
            Verdicts = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, verdict => _verdicts[(int)verdict]),
            Policies = new Dictionary<string, int>(_policies),
            Missing = [.. _missing.Select(fact => new MissingFact(fact.Key, fact.Value)).OrderByDescending(fact => fact.Leads).ThenBy(fact => fact.Fact, StringComparer.Ordinal)],
            Gates = [GateOf("mql", _mql), GateOf("offer", _offer), GateOf("sql", _qualified)],
            Fit = BandsOf(_fit),
            Interest = BandsOf(_interest),
            Won = _all.Known == 0 ? null : CountedShare.Of(_all.Won, _all.Known),
            WithoutOutcome = _all.Leads - _all.Known,
            Criteria = Marked(criteria),
        };
    }

    private AnswerCount CountOf(Finding finding)
    {
        if (_criteria.TryGetValue(finding.Criterion, out var known))
            return known.Count;
        var count = new AnswerCount();
        _criteria.Add(finding.Criterion, (finding, count));
        _order.Add(finding.Criterion);
        return count;
    }

    private static List<CriterionCount> Marked(List<CriterionCount> criteria)
    {
        var compared = criteria.Where(criterion => criterion.AsPredictor?.P is not null).ToList();
        var hold = FalseDiscoveries.Hold([.. compared.Select(criterion => criterion.AsPredictor!.P!.Value)]);
        return criteria.ConvertAll(criterion => compared.IndexOf(criterion) is >= 0 and var at
            ? criterion with { AsPredictor = criterion.AsPredictor! with { Holds = hold[at] } }
            : criterion);
    }

    private CriterionCount CriterionOf((Finding First, AnswerCount Count) criterion)
    {
        var (finding, count) = criterion;
        return new(finding.Criterion, finding.Group, finding.MaxPoints, count.Of(CriterionResult.Met), count.Of(CriterionResult.NotMet),
            count.Of(CriterionResult.Unknown), PredictorOf(count));
    }

    private GateCount GateOf(string gate, AnswerCount count) => new(gate, count.Of(CriterionResult.Met), count.Of(CriterionResult.Unknown),
        count.Of(CriterionResult.NotMet), PredictorOf(count));

    // Among the leads that were asked: those of another policy may be won more or less often for reasons of their own.
    private Predictor? PredictorOf(AnswerCount count) => _all.Known == 0 ? null : Predictor.Of(count.Met.Known, count.Met.Won, count.Known, count.Won);

    private List<ScoreBand> BandsOf(OutcomeCount[] bands) => [.. bands.Select((band, i) => new ScoreBand(
        BandStarts[i], i + 1 < BandStarts.Length ? BandStarts[i + 1] - 1 : 100, band.Leads,
        _all.Known == 0 ? null : CountedShare.Of(band.Won, band.Known)))];

    private static int BandOf(int score) => Math.Min(score / BandStarts[1], BandStarts.Length - 1);

    private static OutcomeCount[] Bands() => [.. BandStarts.Select(_ => new OutcomeCount())];

    private static CriterionResult AnswerOf(GateResult gate) => (CriterionResult)gate;
}
