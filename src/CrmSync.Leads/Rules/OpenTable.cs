using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules;

/// <summary>
/// What some criteria of one score can bring together, for every choice of those that are still unknown: criteria that exclude
/// each other bring the points of one. A choice is bits, <see cref="Shift"/> places up among those of its policy.
/// </summary>
internal sealed class OpenTable
{
    /// <summary>Wider tables would cost more to make than rule files are worth.</summary>
    internal const int Widest = 12;

    // The points of a choice whose criteria can all be met at once, or -1; and of the best choice within one.
    private readonly int[] _together;
    private readonly int[] _best;

    private OpenTable(int[] together, int shift)
    {
        (Shift, _together, _best) = (shift, together, [.. together.Select(points => Math.Max(0, points))]);
        for (var choice = 1; choice < _best.Length; choice++)
            for (var rest = choice; rest != 0; rest &= rest - 1)
                _best[choice] = Math.Max(_best[choice], _best[choice & ~(rest & -rest)]);
    }

    internal int Shift { get; }

    /// <summary>Null if the criteria can all be met at once: then their points just add up.</summary>
    internal static OpenTable? Of(IReadOnlyList<(PossibleValues? Met, int Points)> criteria, int shift)
    {
        if (criteria.Aggregate((PossibleValues?)PossibleValues.Anything, (all, one) => PossibleValues.Both(all, one.Met)) is not null)
            return null;
        var together = Enumerable.Repeat(-1, 1 << criteria.Count).ToArray();
        Fill(together, criteria, 0, 0, 0, PossibleValues.Anything);
        return new(together, shift);
    }

    /// <summary>The most that the chosen can bring.</summary>
    internal int Most(ulong chosen) => _best[Choice(chosen)];

    /// <summary>How much more that is with one more.</summary>
    internal int Gain(ulong chosen, ulong bit) => Most(chosen | bit) - Most(chosen);

    /// <summary>The most that the chosen can bring if one of them is sure to be met, or -1: it never is.</summary>
    internal int MostWith(ulong chosen, ulong bit)
    {
        var (all, sure, most) = (Choice(chosen), Choice(bit), -1);
        for (var some = all; ; some = (some - 1) & all)
        {
            most = Math.Max(most, _together[some | sure]);
            if (some == 0)
                return most;
        }
    }

    private int Choice(ulong chosen) => (int)(chosen >> Shift) & (_best.Length - 1);

    private static void Fill(int[] together, IReadOnlyList<(PossibleValues? Met, int Points)> criteria, int from, int choice, int points, PossibleValues known)
    {
        together[choice] = points;
        for (var i = from; i < criteria.Count; i++)
            if (PossibleValues.Both(known, criteria[i].Met) is { } both)
                Fill(together, criteria, i + 1, choice | (1 << i), points + criteria[i].Points, both);
    }
}
