namespace CrmSync.Leads.Rules.Values;

/// <summary>
/// The values under which something may hold, subject by subject: a fact, or facts that stand in for each other. It may hold
/// too much but never too little: what is no <see cref="PossibleValues"/> (null) is impossible.
/// </summary>
internal sealed class PossibleValues
{
    private readonly Dictionary<string, ValueSet> _values;

    private PossibleValues(Dictionary<string, ValueSet> values) => _values = values;

    internal static PossibleValues Anything { get; } = new([]);

    /// <summary>What it says something about.</summary>
    internal IEnumerable<string> Asked => _values.Keys;

    internal static PossibleValues? Of(string subject, ValueSet values) => values.IsEmpty ? null : new(new(StringComparer.Ordinal) { [subject] = values });

    /// <summary>Both at once, or null.</summary>
    internal static PossibleValues? Both(PossibleValues? a, PossibleValues? b)
    {
        if (a is null || b is null)
            return null;
        var (fewer, more) = a._values.Count < b._values.Count ? (a, b) : (b, a);
        if (fewer._values.Count == 0)
            return more;
        var values = new Dictionary<string, ValueSet>(more._values, StringComparer.Ordinal);
        foreach (var (subject, some) in fewer._values)
        {
            var left = values.TryGetValue(subject, out var known) ? ValueSet.Both(known, some) : some;
            if (left.IsEmpty)
                return null;
            values[subject] = left;
        }
        return new(values);
    }

    /// <summary>One or the other, rounded up: of what only one of them speaks, nothing is said.</summary>
    internal static PossibleValues Either(PossibleValues a, PossibleValues b)
    {
        var values = new Dictionary<string, ValueSet>(StringComparer.Ordinal);
        foreach (var (subject, some) in a._values)
            if (b._values.TryGetValue(subject, out var more))
                values[subject] = ValueSet.Either(some, more);
        return new(values);
    }

    /// <summary>At least so many of some, each of which may be impossible; rounded up.</summary>
    internal static PossibleValues? AtLeast(int needed, IEnumerable<PossibleValues?> parts)
    {
        var possible = parts.OfType<PossibleValues>().ToList();
        if (needed <= 0)
            return Anything;
        if (possible.Count < needed)
            return null;
        return needed == possible.Count ? possible.Aggregate((PossibleValues?)Anything, Both) : possible.Aggregate(Either);
    }
}
