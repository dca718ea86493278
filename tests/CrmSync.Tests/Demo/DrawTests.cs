using CrmSync.Worker.Commands.Demo;
using CsCheck;

namespace CrmSync.Tests.Demo;

public sealed class DrawTests
{
    private static readonly Gen<(string Lead, int Episode, string Step)> GenKey =
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.Int[0, 20], Gen.String[Gen.Char.AlphaNumeric, 1, 8]);

    [Fact]
    public void Draws_the_same_for_the_same_key_in_any_order() => Gen.Select(Gen.Int, GenKey.Array[1, 20]).Sample((seed, keys) =>
    {
        var forwards = new Draw(seed);
        var drawn = keys.Select(k => forwards.Unit(k.Lead, k.Episode, k.Step)).ToArray();
        var backwards = new Draw(seed);
        Assert.Equal(drawn, keys.Reverse().Select(k => backwards.Unit(k.Lead, k.Episode, k.Step)).Reverse());
    });

    [Fact]
    public void Draws_from_zero_up_to_one() => Gen.Select(Gen.Int, GenKey).Sample((seed, key) =>
        new Draw(seed).Unit(key.Lead, key.Episode, key.Step) is >= 0 and < 1);

    [Fact]
    public void Draws_evenly_over_near_keys()
    {
        var draw = new Draw(1);
        var tenths = Enumerable.Range(0, 10_000).GroupBy(i => (int)(draw.Unit($"lead-{i}", 1, "answer") * 10)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(10, tenths.Count);
        Assert.All(tenths.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Theory]
    [InlineData(2, "a", 1, "x")]
    [InlineData(1, "b", 1, "x")]
    [InlineData(1, "a", 2, "x")]
    [InlineData(1, "a", 1, "y")]
    public void Draws_anew_for_another_seed_lead_episode_or_step(int seed, string lead, int episode, string step) =>
        Assert.NotEqual(new Draw(1).Unit("a", 1, "x"), new Draw(seed).Unit(lead, episode, step));

    [Fact]
    public void Stays_between_its_bounds() => Gen.Select(Gen.Int, GenKey, Gen.Int[0, 100]).Sample((seed, key, hours) =>
    {
        var (draw, least) = (new Draw(seed), TimeSpan.FromHours(hours));
        var drawn = draw.Between(least, least + TimeSpan.FromDays(2), key.Lead, key.Episode, key.Step);
        Assert.InRange(drawn, least, least + TimeSpan.FromDays(2));
        Assert.False(draw.Chance(0, key.Lead, key.Episode, key.Step));
        Assert.True(draw.Chance(1, key.Lead, key.Episode, key.Step));
        Assert.InRange(draw.Pick([1, 2, 3], key.Lead, key.Episode, key.Step), 1, 3);
    });
}
