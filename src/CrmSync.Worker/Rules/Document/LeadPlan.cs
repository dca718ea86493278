using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Document;

/// <summary>Which criteria a made-up lead meets, so that the rules offer it, nearly do, or block it.</summary>
internal sealed class LeadPlan(RuleSet rules, LeadMaker maker)
{
    /// <summary>Fit as far as needed, then the heaviest acts until the engine says yes; a raised hand only if nothing else helps.</summary>
    internal MadeLead? Offered()
    {
        var lead = Fitting();
        foreach (var criterion in Acts().Concat(rules.Criteria.Where(criterion => criterion.HandRaise)))
        {
            if (Judge(lead) == Verdict.Offer)
                break;
            lead = Meet(lead, criterion);
        }
        return Judge(lead) == Verdict.Offer ? lead : null;
    }

    /// <summary>The fit is there, and as much interest as one act gives without passing; where fit alone decides, a part of it is not.</summary>
    internal MadeLead? NotYet()
    {
        var fitting = Fitting();
        var candidates = Acts().Select(criterion => Meet(fitting, criterion)).Append(fitting).Concat(Failing(Offered() ?? fitting));
        return candidates.Select(lead => (Lead: lead, Answer: Evaluate(lead)))
            .Where(made => made.Answer.Mql == GateResult.NoPass && made.Answer.Blockers.Count == 0)
            .OrderByDescending(made => made.Answer.FitScore).ThenByDescending(made => made.Answer.InterestScore)
            .Select(made => made.Lead).FirstOrDefault();
    }

    /// <summary>Everything is there, and the first blocker that can be shown.</summary>
    internal MadeLead? Blocked()
    {
        if (Offered() is not { } offered)
            return null;
        return rules.Blockers.Select(blocker => maker.Make(offered, blocker.When)).OfType<MadeLead>()
            .FirstOrDefault(lead => Evaluate(lead) is { Mql: GateResult.Pass, Blockers.Count: > 0 });
    }

    // One criterion of fit or of the gate fails, or all of them do.
    private IEnumerable<MadeLead> Failing(MadeLead lead)
    {
        var decisive = Fits().Concat(rules.Gates.Mql.Met.Concat(rules.Gates.Mql.Of).Select(index => rules.Criteria[index])).Distinct().ToList();
        MadeLead Fail(MadeLead from, Criterion criterion) => Meet(from, criterion, CriterionResult.NotMet);
        return decisive.Select(criterion => Fail(lead, criterion)).Append(decisive.Aggregate(lead, Fail));
    }

    private MadeLead Fitting()
    {
        var lead = maker.Start();
        var (mql, offer) = (rules.Gates.Mql, rules.Gates.Offer);
        foreach (var index in mql.Met.Concat(mql.Of).Concat(offer.Met).Concat(offer.Of))
            lead = Meet(lead, rules.Criteria[index]);
        foreach (var criterion in Fits())
            lead = Meet(lead, criterion);
        lead = maker.Know(lead, mql.AnyKnown) ?? lead;
        return maker.Know(lead, offer.AnyKnown) ?? lead;
    }

    // The lightest is left unknown where it is not needed: unknown is no "no", and the example shows it.
    private List<Criterion> Fits()
    {
        var fits = rules.Criteria.Where(criterion => criterion is { Group: CriterionGroup.Fit, Points: > 0 }).ToList();
        if (fits.Count > 1 && fits.MinBy(criterion => criterion.Points) is { } least && fits.Sum(criterion => criterion.Points) - least.Points >= (rules.Gates.Mql.Fit ?? 0))
            fits.Remove(least);
        return fits;
    }

    private IEnumerable<Criterion> Acts() => rules.Criteria
        .Where(criterion => criterion is { Group: CriterionGroup.Interest, Points: > 0, HandRaise: false }).OrderByDescending(criterion => criterion.Points);

    // What would wake a blocker, or contradicts what was chosen before, is left out.
    private MadeLead Meet(MadeLead lead, Criterion criterion, CriterionResult wanted = CriterionResult.Met) =>
        maker.Make(lead, criterion.When, wanted) is { } made && Evaluate(made).Blockers.Count == 0 ? made : lead;

    private Verdict Judge(MadeLead lead) => RuleEngine.Judge(rules, lead.Facts, maker.Context(lead));

    private Evaluation Evaluate(MadeLead lead) => RuleEngine.Evaluate(rules, lead.Facts, maker.Context(lead));
}
