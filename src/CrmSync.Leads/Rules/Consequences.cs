using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules;

/// <summary>
/// What a criterion that comes to be met, by as few acts as that takes, means for the others of its policy. A consequence is
/// proved; where conditions are composed, or look back for different times, some are not found.
/// </summary>
internal sealed class Consequences
{
    private readonly bool[] _ends;
    private readonly bool[] _brings;
    private readonly int _count;

    internal Consequences(IReadOnlyList<Criterion> criteria)
    {
        _count = criteria.Count;
        PossibleValues?[] met = [.. criteria.Select(criterion => criterion.When.Possible(met: true))];
        PossibleValues?[] notMet = [.. criteria.Select(criterion => criterion.When.Possible(met: false))];
        PossibleValues?[] least = [.. criteria.Select((criterion, i) => criterion.When.Least() ?? met[i])];
        _ends = [.. least.SelectMany(a => met.Select(b => PossibleValues.Both(a, b) is null))];
        // What is never not met may still be unknown.
        _brings = [.. least.SelectMany(a => notMet.Select(b => b is not null && PossibleValues.Both(a, b) is null))];
    }

    /// <summary>Whether another criterion is then never met.</summary>
    internal bool Ends(int met, int other) => met != other && _ends[met * _count + other];

    /// <summary>Whether another criterion is then always met.</summary>
    internal bool Brings(int met, int other) => met != other && _brings[met * _count + other];
}
