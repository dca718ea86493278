using System.Numerics;

namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// What several tests ask about: one fact, or facts that stand in for each other. Its possible values are cut into regions
/// fine enough that every test holds on whole regions; sets of regions are bits, and bit 0 is "unknown".
/// </summary>
internal sealed class Subject(string name)
{
    private readonly Dictionary<SourceTest, (BigInteger Met, BigInteger NotMet)> _tests = new(ReferenceEqualityComparer.Instance);

    private string? _acts;
    private TimeSpan _window;
    private List<decimal> _points = [];

    internal string Name { get; } = name;

    internal bool IsCount => _acts is not null;

    /// <summary>Every region, unknown too.</summary>
    internal BigInteger Whole { get; private set; } = BigInteger.One;

    /// <summary>Cuts known values into so many regions.</summary>
    internal Subject WithRegions(int known)
    {
        Whole = (BigInteger.One << (known + 1)) - 1;
        return this;
    }

    /// <summary>Its values are numbers of acts of some kinds in a window; each number that tests name is a region, and so is each gap.</summary>
    internal void Counts(string acts, TimeSpan window, List<decimal> points) => (_acts, _window, _points) = (acts, window, points);

    /// <summary>Whether both count the same acts.</summary>
    internal bool IsKin(Subject other) => IsCount && _acts == other._acts;

    /// <summary>Whether every act that this counts, the other, longer one counts too, and yet it would count more.</summary>
    internal bool Exceeds(BigInteger regions, Subject longer, BigInteger others) =>
        IsKin(longer) && _window < longer._window
        // Only where both are known: bit 0 is "unknown".
        && regions.IsEven && others.IsEven && Least(regions) is { } least && Most(longer, others) is { } most && least > most;

    /// <summary>A test that is met on some regions and not met on the other known ones.</summary>
    internal void Add(SourceTest test, BigInteger met) => _tests[test] = (met, (Whole - 1) & ~met);

    /// <summary>A test that is never unknown.</summary>
    internal void AddDecided(SourceTest test, BigInteger met) => _tests[test] = (met, Whole & ~met);

    internal BigInteger Where(SourceTest test, AskedAnswer answer) => answer switch
    {
        AskedAnswer.Met => _tests[test].Met,
        AskedAnswer.NotMet => _tests[test].NotMet,
        AskedAnswer.AnythingButMet => Whole & ~_tests[test].Met,
        _ => Whole & ~_tests[test].NotMet,
    };

    // Even regions are the points; the odd ones lie below, between and above them.
    private decimal? Least(BigInteger regions)
    {
        var known = regions >> 1;
        if (known.IsZero)
            return null;
        var region = (int)BigInteger.TrailingZeroCount(known) + 1;
        return region % 2 == 0 ? _points[region / 2 - 1] : region == 1 ? 0 : _points[region / 2 - 1] + 1;
    }

    // Null where there is no end.
    private static decimal? Most(Subject subject, BigInteger regions)
    {
        var region = (int)regions.GetBitLength() - 1;
        if (region < 1 || region / 2 > subject._points.Count || (region % 2 == 1 && region / 2 == subject._points.Count))
            return null;
        return region % 2 == 0 ? subject._points[region / 2 - 1] : subject._points[region / 2] - 1;
    }
}

/// <summary>What a condition is supposed to answer.</summary>
internal enum AskedAnswer
{
    Met,
    NotMet,
    AnythingButMet,
    AnythingButNotMet,
}
