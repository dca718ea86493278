namespace CrmSync.Leads;

/// <summary>
/// In which order an account takes the canonical stages. Some accept a lead before they qualify it, some after: nothing in
/// the hand-over relies on the order of the enum.
/// </summary>
public sealed class StageOrder
{
    private readonly int[] _place = new int[Enum.GetValues<LifecycleStage>().Length];

    /// <param name="earliestFirst">Every stage once, marketing-qualified before sales-accepted.</param>
    /// <exception cref="ArgumentException">A stage is missing or repeated, or sales accepts before marketing qualifies.</exception>
    public StageOrder(IReadOnlyList<LifecycleStage> earliestFirst)
    {
        if (Problem(earliestFirst) is { } problem)
            throw new ArgumentException(problem, nameof(earliestFirst));
        for (var i = 0; i < earliestFirst.Count; i++)
            _place[(int)earliestFirst[i]] = i;
    }

    /// <summary>Lead, MQL, SAL, SQL, opportunity, customer.</summary>
    public static StageOrder Usual { get; } = new(Enum.GetValues<LifecycleStage>());

    /// <summary>What is wrong with an order; null: nothing.</summary>
    public static string? Problem(IReadOnlyList<LifecycleStage> earliestFirst)
    {
        var all = Enum.GetValues<LifecycleStage>();
        if (earliestFirst.Count != all.Length || all.Except(earliestFirst).Any())
            return "It does not name every stage once.";
        var stages = earliestFirst.ToList();
        return stages.IndexOf(LifecycleStage.MarketingQualified) < stages.IndexOf(LifecycleStage.SalesAccepted)
            && stages[0] == LifecycleStage.Lead
            && stages[^1] == LifecycleStage.Customer
            ? null
            : "It must begin with Lead, end with Customer, and have MarketingQualified before SalesAccepted.";
    }

    public bool IsBefore(LifecycleStage stage, LifecycleStage other) => _place[(int)stage] < _place[(int)other];

    public LifecycleStage Later(LifecycleStage a, LifecycleStage b) => IsBefore(a, b) ? b : a;

    /// <summary>Sales-accepted or beyond: there is nothing left for sales to say yes to.</summary>
    public bool IsDecided(LifecycleStage stage) => !IsBefore(stage, LifecycleStage.SalesAccepted);
}
