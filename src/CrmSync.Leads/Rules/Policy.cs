using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// The criteria and gates for some leads: a product, a segment, a region. Where a rule set has several, the first whose
/// condition is met judges the lead; one that cannot tell does not.
/// </summary>
public sealed class Policy
{
    /// <summary>The id of the file's own criteria and gates.</summary>
    public const string OwnId = "default";

    private readonly Criterion[] _criteria = [];

    public required string Id { get; init; }

    /// <summary>Which leads it judges; null: those that no other policy claims.</summary>
    public Condition? When { get; init; }

    /// <summary>In file order.</summary>
    public required IReadOnlyList<Criterion> Criteria
    {
        get => _criteria;
        init
        {
            _criteria = [.. value];
            HandRaises = [.. Enumerable.Range(0, _criteria.Length).Where(i => _criteria[i].HandRaise)];
            Blockers = [.. Enumerable.Range(0, _criteria.Length).Where(i => _criteria[i].Group == CriterionGroup.Blocker)];
            Open = new(_criteria);
            FitAhead = PointsAhead.Of(_criteria, CriterionGroup.Fit, Open);
            InterestAhead = PointsAhead.Of(_criteria, CriterionGroup.Interest, Open);
        }
    }

    /// <summary><see cref="Criteria"/>, for loops that run for every lead.</summary>
    internal ReadOnlySpan<Criterion> CriterionSpan => _criteria;

    /// <summary>The indices of the criteria that are a request for sales.</summary>
    internal int[] HandRaises { get; private init; } = [];

    /// <summary>The indices of the criteria that keep a lead from sales.</summary>
    internal int[] Blockers { get; private init; } = [];

    /// <summary>How far what is unknown can raise the scores.</summary>
    internal OpenPoints Open { get; private init; } = new([]);

    /// <summary>How to read for the fit score alone, requests apart.</summary>
    internal PointsAhead[] FitAhead { get; private init; } = [default];

    /// <summary>How to read for the interest score alone, requests apart.</summary>
    internal PointsAhead[] InterestAhead { get; private init; } = [default];

    public required Gates Gates { get; init; }

    public ScoreCaps Caps { get; init; } = new();

    /// <summary>Null: sales answers as fast as for all leads.</summary>
    public AnswerTimes? Sla { get; init; }

    /// <summary>Whether it judges a lead, as far as its own condition says.</summary>
    internal CriterionResult Claims(LeadFacts facts, in LeadContext context)
    {
        if (When is null)
            return CriterionResult.Met;
        return context.CoolOff is null ? When.Read(facts, context).Result : When.Read(facts, CoolOffLift.For(this, facts, context)).Result;
    }

    /// <summary>The most that the criteria of a score can add up to, caps apart; never too low.</summary>
    public int MostPoints(CriterionGroup group) => Open.Most(Enumerable.Range(0, _criteria.Length).Where(i => _criteria[i].Group == group));

    /// <summary>The criterion with an id, with the points that it has here, or null.</summary>
    public Criterion? Find(string id) => Criteria.FirstOrDefault(criterion => criterion.Id == id);
}

/// <summary>Where the two scores end, 1 to 100: points are added, then cut.</summary>
public sealed record ScoreCaps(int Fit = 100, int Interest = 100)
{
    public int Of(CriterionGroup group) => group == CriterionGroup.Fit ? Fit : Interest;
}
