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
        torn = b._regions.Keys.FirstOrDefault(subject => subject.IsCount && Crosses(subject, regions));
        return torn is null ? new(regions) : null;
    }

    // What a window holds, every longer one holds too.
    private static bool Crosses(Subject subject, Dictionary<Subject, BigInteger> regions) => regions.Any(other =>
        subject.Exceeds(regions[subject], other.Key, other.Value) || other.Key.Exceeds(other.Value, subject, regions[subject]));

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
