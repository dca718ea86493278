using System.Numerics;

namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// The values under which something may hold, subject by subject. It may hold too much but never too little: what is empty
/// here is impossible.
/// </summary>
internal sealed class Box
{
    private readonly Dictionary<Subject, BigInteger> _regions;

    private Box(Dictionary<Subject, BigInteger> regions) => _regions = regions;

    internal static Box Anything { get; } = new([]);

    /// <summary>Null if it is impossible.</summary>
    internal static Box? Of(Subject subject, BigInteger regions) => regions.IsZero ? null : new(new() { [subject] = regions });

    /// <summary>Both at once, or null and the subject that cannot be both.</summary>
    internal static Box? Both(Box? a, Box? b) => Both(a, b, out _);

    internal static Box? Both(Box? a, Box? b, out Subject? torn)
    {
        torn = null;
        if (a is null || b is null)
            return null;
        var regions = new Dictionary<Subject, BigInteger>(a._regions);
        foreach (var (subject, more) in b._regions)
        {
            var left = regions.GetValueOrDefault(subject, subject.Whole) & more;
            if (left.IsZero)
            {
                torn = subject;
                return null;
            }
            regions[subject] = left;
        }
        return new(regions);
    }

    /// <summary>One or the other, rounded up to a box.</summary>
    internal static Box Either(Box a, Box b)
    {
        var regions = new Dictionary<Subject, BigInteger>();
        foreach (var (subject, some) in a._regions)
            if (b._regions.TryGetValue(subject, out var more))
                regions[subject] = some | more;
        return new(regions);
    }
}
