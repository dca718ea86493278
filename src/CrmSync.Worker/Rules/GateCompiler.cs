using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Turns drafts into gates over the criteria of one policy, and refuses those that no lead could pass.</summary>
internal sealed class GateCompiler(IReadOnlyList<Criterion> criteria, ScoreCaps caps, ProblemList problems, string? policy)
{
    private readonly List<string> _ids = [.. criteria.Select(criterion => criterion.Id)];

    /// <summary>What begins a message about this policy; the file's own criteria need no name.</summary>
    private string In => policy is null ? "" : $"In the policy '{policy}': ";

    internal Gates Compile(GatesDraft draft)
    {
        var gates = new Gates(Compile(draft.Mql), Compile(draft.Offer), Compile(draft.SalesQualified));
        if (!problems.HasErrors && gates.Mql is { Fit: null, Interest: null, Met.Count: 0, AtLeast: 0 })
            problems.Warn(draft.Mql.At, In + (gates.Mql.OrHandRaise ? "Without a threshold every lead passes, raised hand or not." : "Every lead passes this gate."), "Set 'fit' or 'interest'.");
        return gates;
    }

    private Gate Compile(GateDraft draft)
    {
        if (draft.OrHandRaise && !problems.HasErrors && !criteria.Any(criterion => criterion.HandRaise))
            problems.Error(draft.At, $"{In}No criterion is a hand-raise.", "Set handRaise: true on one, or orHandRaise: false.");
        return new()
        {
            Fit = Reachable(draft.Fit, CriterionGroup.Fit, "fit"),
            Interest = Reachable(draft.Interest, CriterionGroup.Interest, "interest"),
            OrHandRaise = draft.OrHandRaise,
            Met = Asked(draft.Met),
            AtLeast = draft.AtLeast,
            Of = Asked(draft.Of),
            // What a policy does not ask cannot be answered with no.
            NoneNotMet = [.. draft.NoneNotMet.Select(id => _ids.IndexOf(id.Value)).Where(index => index >= 0)],
            AnyKnown = draft.AnyKnown,
        };
    }

    private int? Reachable(Threshold? threshold, CriterionGroup group, string key)
    {
        if (threshold is not { Least: var least, At: var at } || problems.HasErrors)
            return threshold?.Least;
        var most = criteria.Where(criterion => criterion.Group == group).Sum(criterion => Math.Max(0, criterion.Points));
        if (least > caps.Of(group))
            problems.Error(at, $"{In}{least} can never be reached: 'scores' caps '{key}' at {caps.Of(group)}.", "Lower it, or raise the cap.");
        else if (least > most)
            problems.Error(at, $"{In}{least} can never be reached: the criteria of '{key}' add up to {most}.", $"Lower it to {most} or less, or raise points.");
        return least;
    }

    private List<int> Asked(IReadOnlyList<YamlText> ids)
    {
        var indexes = new List<int>();
        foreach (var id in ids)
        {
            if (_ids.IndexOf(id.Value) is >= 0 and var index)
                indexes.Add(index);
            else
                problems.Error(id, $"{In}A gate asks for '{id.Value}', which this policy leaves out.", "Keep the criterion, or give the gate a list of its own.");
        }
        return indexes;
    }
}
