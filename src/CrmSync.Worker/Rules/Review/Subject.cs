using System.Numerics;

namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// What several tests ask about: one fact, or facts that stand in for each other. Its possible values are cut into regions
/// fine enough that every test holds on whole regions; sets of regions are bits, and bit 0 is "unknown".
/// </summary>
internal sealed class Subject(string name)
{
    private readonly Dictionary<SourceTest, (BigInteger Met, BigInteger NotMet)> _tests = new(ReferenceEqualityComparer.Instance);

    internal string Name { get; } = name;

    /// <summary>Every region, unknown too.</summary>
    internal BigInteger Whole { get; private set; } = BigInteger.One;

    /// <summary>Cuts known values into so many regions.</summary>
    internal Subject WithRegions(int known)
    {
        Whole = (BigInteger.One << (known + 1)) - 1;
        return this;
    }

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
}

/// <summary>What a condition is supposed to answer.</summary>
internal enum AskedAnswer
{
    Met,
    NotMet,
    AnythingButMet,
    AnythingButNotMet,
}
