using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules;

/// <summary>
/// What an unknown criterion can add to its score: <paramref name="Alone"/> whatever the others do, or, where it shares facts
/// with criteria that exclude it, its bit in a table.
/// </summary>
internal readonly record struct OpenPlace(int Alone, OpenTable? Table = null, ulong Bit = 0);

/// <summary>
/// How far unknown criteria can still raise the scores of a policy, made once for it. Never too low. It can be too high where
/// conditions are composed, where known facts already settle part of one, where criteria of one table would bring faded points, or where
/// one fact is asked by more criteria than a table holds.
/// </summary>
internal sealed class OpenPoints
{
    private const int Bits = 64;
    private readonly PossibleValues?[] _met;
    private readonly bool[] _exclude;
    private readonly OpenPlace[] _places;
    private int _taken;

    internal OpenPoints(IReadOnlyList<Criterion> criteria)
    {
        _met = [.. criteria.Select(criterion => criterion.When.Possible(met: true))];
        _exclude = [.. _met.SelectMany(a => _met.Select(b => PossibleValues.Both(a, b) is null))];
        _places = [.. criteria.Select(criterion => new OpenPlace(Math.Max(0, criterion.Points)))];
        Consequences = new(() => new(criteria), LazyThreadSafetyMode.PublicationOnly);
        FitTables = Tables(criteria, CriterionGroup.Fit);
        InterestTables = Tables(criteria, CriterionGroup.Interest);
    }

    internal ReadOnlySpan<OpenPlace> Places => _places;

    internal OpenTable[] FitTables { get; }

    internal OpenTable[] InterestTables { get; }

    /// <summary>What follows once a criterion is met; worked out when it is first asked for.</summary>
    internal Lazy<Consequences> Consequences { get; }

    /// <summary>Whether two criteria are never met at once.</summary>
    internal bool Exclude(int a, int b) => _exclude[a * _met.Length + b];

    /// <summary>The most that some criteria of one score bring, by their index.</summary>
    /// <param name="readings">Of all criteria, where it is of a lead that some of them are unknown.</param>
    internal int Most(IEnumerable<int> indexes, Reading[]? readings = null)
    {
        var (points, chosen, tables) = Sum(indexes, readings);
        return points + tables.Sum(table => table.Most(chosen));
    }

    /// <summary>The most that they bring if one of them is sure to be met; below zero: it never is.</summary>
    internal int MostWith(int sure, IEnumerable<int> indexes, Reading[] readings)
    {
        var (points, chosen, tables) = Sum(indexes.Append(sure).Distinct(), readings);
        return _places[sure] is { Table: { } own, Bit: var bit }
            ? own.MostWith(chosen, bit) is >= 0 and var most ? points + most + tables.Where(table => table != own).Sum(table => table.Most(chosen)) : int.MinValue / 2
            : points + tables.Sum(table => table.Most(chosen));
    }

    private (int Alone, ulong Chosen, HashSet<OpenTable> Tables) Sum(IEnumerable<int> indexes, Reading[]? readings)
    {
        var (points, chosen, tables) = (0, 0UL, new HashSet<OpenTable>());
        foreach (var i in indexes)
        {
            var place = _places[i];
            (points, chosen) = (points + Math.Min(place.Alone, readings?[i].Worth ?? place.Alone), chosen | place.Bit);
            if (place.Table is { } table)
                tables.Add(table);
        }
        return (points, chosen, tables);
    }

    private OpenTable[] Tables(IReadOnlyList<Criterion> criteria, CriterionGroup group)
    {
        var tables = new List<OpenTable>();
        var asking = Enumerable.Range(0, criteria.Count).Where(i => criteria[i].Group == group && criteria[i].Points > 0);
        foreach (var part in Related(asking).SelectMany(related => related.Chunk(OpenTable.Widest)))
            if (_taken + part.Length <= Bits && OpenTable.Of([.. part.Select(i => (_met[i], criteria[i].Points))], _taken) is { } table)
            {
                tables.Add(table);
                foreach (var i in part)
                    _places[i] = new(0, table, 1UL << _taken++);
            }
        return [.. tables];
    }

    // Only criteria that ask about the same thing can exclude each other.
    private List<List<int>> Related(IEnumerable<int> indexes)
    {
        var groups = new List<(HashSet<string> Asked, List<int> Members)>();
        foreach (var i in indexes)
        {
            var joined = (Asked: _met[i]?.Asked.ToHashSet(StringComparer.Ordinal) ?? [], Members: new List<int> { i });
            foreach (var group in groups.Where(group => group.Asked.Overlaps(joined.Asked)).ToList())
            {
                groups.Remove(group);
                joined.Asked.UnionWith(group.Asked);
                joined.Members.AddRange(group.Members);
            }
            joined.Members.Sort();
            groups.Add(joined);
        }
        return [.. groups.Select(group => group.Members)];
    }
}
