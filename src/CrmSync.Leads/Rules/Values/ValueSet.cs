namespace CrmSync.Leads.Rules.Values;

/// <summary>
/// Some of the values that a fact can have: stretches of its axis, names or all but some names, and whether nothing may be
/// known of it. One fact has values of one kind, so that sets of different kinds never meet.
/// </summary>
internal sealed class ValueSet
{
    // Beyond it a set holds everything known: that is never too little.
    private const int MostStretches = 64;
    private readonly bool _unknown;
    private readonly bool _everything;
    private readonly Stretch[] _stretches;
    private readonly HashSet<string> _names;
    private readonly bool _allBut;

    private ValueSet(bool unknown, bool everything, Stretch[]? stretches = null, HashSet<string>? names = null, bool allBut = false)
    {
        _unknown = unknown;
        _everything = everything || stretches?.Length > MostStretches;
        (_stretches, _names, _allBut) = (stretches ?? [], names ?? [], allBut);
    }

    internal static ValueSet NothingKnown { get; } = new(unknown: true, everything: false);

    internal static ValueSet Known { get; } = new(unknown: false, everything: true);

    internal bool IsEmpty => !_unknown && HoldsNoKnown;

    private bool HoldsNoKnown => !_everything && !_allBut && _stretches.Length == 0 && _names.Count == 0;

    internal static ValueSet Of(params IEnumerable<Stretch> stretches) => new(false, false, [.. stretches.Where(stretch => !stretch.IsEmpty)]);

    internal static ValueSet Named(IEnumerable<string> names, bool allBut) => new(false, false, null, names.ToHashSet(StringComparer.Ordinal), allBut);

    internal static ValueSet Both(ValueSet a, ValueSet b)
    {
        var unknown = a._unknown && b._unknown;
        if (a._everything || b._everything)
            return (a._everything ? b : a).With(unknown);
        if (a._allBut || b._allBut || a._names.Count > 0 || b._names.Count > 0)
            return (a._allBut, b._allBut) switch
            {
                (true, true) => new(unknown, false, null, Joined(a, b), allBut: true),
                (true, false) => new(unknown, false, null, Less(b, a)),
                (false, true) => new(unknown, false, null, Less(a, b)),
                _ => new(unknown, false, null, [.. a._names.Where(b._names.Contains)]),
            };
        return new(unknown, false, [.. a._stretches.SelectMany(one => b._stretches.Select(other => Stretch.Both(one, other))).Where(both => !both.IsEmpty)]);
    }

    internal static ValueSet Either(ValueSet a, ValueSet b)
    {
        var unknown = a._unknown || b._unknown;
        if (a._everything || b._everything)
            return Known.With(unknown);
        if (a.HoldsNoKnown || b.HoldsNoKnown)
            return (a.HoldsNoKnown ? b : a).With(unknown);
        return (a._allBut, b._allBut) switch
        {
            (true, true) => new(unknown, false, null, [.. a._names.Where(b._names.Contains)], allBut: true),
            (true, false) => new(unknown, false, null, Less(a, b), allBut: true),
            (false, true) => new(unknown, false, null, Less(b, a), allBut: true),
            _ => new(unknown, false, [.. a._stretches, .. b._stretches], Joined(a, b)),
        };
    }

    private ValueSet With(bool unknown) => unknown == _unknown ? this : new(unknown, _everything, _stretches, _names, _allBut);

    private static HashSet<string> Joined(ValueSet a, ValueSet b) => [.. a._names, .. b._names];

    private static HashSet<string> Less(ValueSet a, ValueSet b) => [.. a._names.Where(name => !b._names.Contains(name))];
}
