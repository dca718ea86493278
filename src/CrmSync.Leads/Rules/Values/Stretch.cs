namespace CrmSync.Leads.Rules.Values;

/// <summary>
/// A stretch of an axis: numbers, counts, or the age of an instant in ticks (negative: still to come). A missing end is open;
/// an end that is there may be left out itself.
/// </summary>
internal readonly record struct Stretch(decimal? From, bool FromIncluded, decimal? To, bool ToIncluded)
{
    internal bool IsEmpty => From is { } from && To is { } to && (from > to || (from == to && !(FromIncluded && ToIncluded)));

    internal static Stretch At(decimal point) => new(point, true, point, true);

    internal static Stretch Between(decimal? from, decimal? to) => new(from, true, to, true);

    internal static Stretch Above(decimal bound) => new(bound, false, null, false);

    internal static Stretch Below(decimal bound) => new(null, false, bound, false);

    /// <summary>What lies beside it, on either side.</summary>
    internal IEnumerable<Stretch> Others()
    {
        if (From is { } from)
            yield return new(null, false, from, !FromIncluded);
        if (To is { } to)
            yield return new(to, !ToIncluded, null, false);
    }

    internal static Stretch Both(Stretch a, Stretch b)
    {
        var (from, fromIncluded) = a.From is null || b.From > a.From ? (b.From, b.FromIncluded)
            : a.From == b.From ? (a.From, a.FromIncluded && b.FromIncluded) : (a.From, a.FromIncluded);
        var (to, toIncluded) = a.To is null || b.To < a.To ? (b.To, b.ToIncluded)
            : a.To == b.To ? (a.To, a.ToIncluded && b.ToIncluded) : (a.To, a.ToIncluded);
        return new(from, fromIncluded, to, toIncluded);
    }
}
