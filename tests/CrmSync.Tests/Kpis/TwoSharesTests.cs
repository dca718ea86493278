using CrmSync.Leads.Kpis;
using CsCheck;

namespace CrmSync.Tests.Kpis;

/// <summary>Against figures printed elsewhere.</summary>
public sealed class TwoSharesTests
{
    /// <summary>Newcombe (1998), table II, method 10.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.2, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.6, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 1.0, 0.6791, 1.0)]
    [InlineData(5, 56, 0, 29, 0.0893, -0.0381, 0.1926)]
    public void Gives_Newcombes_intervals(int hits, int n, int otherHits, int otherN, double value, double low, double high)
    {
        var difference = TwoShares.Difference(hits, n, otherHits, otherN)!.Value;
        Assert.Equal((decimal)value, difference.Value, 4);
        Assert.Equal((decimal)low, difference.Low, 4);
        Assert.Equal((decimal)high, difference.High, 4);
    }

    /// <summary>As R's fisher.test prints them: the tea tasting, and the twins of its manual.</summary>
    [Theory]
    [InlineData(3, 4, 1, 4, 0.4857)]
    [InlineData(2, 17, 10, 13, 0.0005367)]
    [InlineData(0, 30, 0, 30, 1)]
    public void Gives_Fishers_chances(int hits, int n, int otherHits, int otherN, double expected) =>
        Assert.Equal(expected, TwoShares.Fisher(hits, n, otherHits, otherN), tolerance: expected * 1e-3);

    [Fact]
    public void Compares_nothing_with_nobody() => Assert.Null(TwoShares.Difference(0, 0, 1, 2));

    [Fact]
    public void Stays_a_chance_for_a_million_leads() =>
        Assert.InRange(TwoShares.Fisher(60_300, 500_000, 60_000, 500_000), 0.35, 0.40);

    [Fact]
    public void Does_not_mind_which_group_comes_first() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 60]).Sample((a, b, c, d) =>
    {
        var (one, other) = (TwoShares.Fisher(a, a + b, c, c + d), TwoShares.Fisher(c, c + d, a, a + b));
        return Math.Abs(one - other) < 1e-9 && one is > 0 and <= 1;
    });

    /// <summary>The example of Benjamini and Hochberg (1995), part 4: four of fifteen hold.</summary>
    [Fact]
    public void Keeps_as_many_discoveries_as_its_authors()
    {
        double[] values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];
        Assert.Equal(4, FalseDiscoveries.Hold(values).Count(hold => hold));
        Assert.Empty(FalseDiscoveries.Hold([]));
    }

    /// <summary>The second is above its own bound; the fourth, below its own, carries it.</summary>
    [Fact]
    public void Lets_a_later_value_carry_an_earlier_one() =>
        Assert.Equal([true, true, false, true, true], FalseDiscoveries.Hold([0.0001, 0.039, 0.9, 0.025, 0.03]));
}
