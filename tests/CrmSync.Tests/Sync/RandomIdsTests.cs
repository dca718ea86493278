using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

public sealed class RandomIdsTests
{
    private const int Many = 5_000;

    [Fact]
    public void A_name_is_sixteen_small_hex_digits() =>
        Assert.All(Names(new RandomIds(), Many), name => Assert.Matches("^[0-9a-f]{16}$", name));

    [Fact]
    public void No_name_comes_twice() =>
        Assert.Equal(2 * Many, Names(new RandomIds(), Many).Concat(Names(new RandomIds(), Many)).Distinct().Count());

    [Fact]
    public void Names_made_one_after_another_lie_together_and_in_no_order()
    {
        var names = Names(new RandomIds(), Many);

        Assert.Equal(Many / 1_000, names.Chunk(1_000).Select(run => Assert.Single(run.Select(n => n[..5]).Distinct())).Distinct().Count());
        Assert.NotEqual(names.Take(1_000).Order(StringComparer.Ordinal), names.Take(1_000));
    }

    [Fact]
    public void A_salt_is_128_random_bits_and_begins_like_no_other()
    {
        var ids = new RandomIds();
        var salts = Enumerable.Range(0, Many).Select(_ => ids.Salt()).ToList();

        Assert.All(salts, salt => Assert.Matches("^[0-9a-f]{32}$", salt));
        // Each half must have its own beginning too: two names of one run put together would share it.
        Assert.All([0, 16], half => Assert.InRange(salts.Select(s => s.Substring(half, 8)).Distinct().Count(), Many - 5, Many));
    }

    [Fact]
    public async Task Many_at_once_get_names_of_their_own()
    {
        var ids = new RandomIds();

        var names = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Names(ids, Many), TestContext.Current.CancellationToken)));

        Assert.Equal(8 * Many, names.SelectMany(n => n).Distinct().Count());
    }

    private static List<string> Names(RandomIds ids, int count) => [.. Enumerable.Range(0, count).Select(_ => ids.New())];
}
