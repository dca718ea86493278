using CrmSync.Worker.Reports.History;

namespace CrmSync.Tests.Kpis;

public sealed class ReadAheadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(20_000)]
    public void Gives_the_same_items_in_the_same_order(int count) => Assert.Equal(Enumerable.Range(0, count), ReadAhead.Of(Enumerable.Range(0, count)));

    [Fact]
    public void Whoever_stops_early_ends_it()
    {
        var made = 0;
        Assert.Equal(3, ReadAhead.Of(Endless()).Take(3).Count());
        var then = Volatile.Read(ref made);
        Assert.InRange(then, 3, 100_000);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return Interlocked.Increment(ref made);
        }
    }

    [Fact]
    public void What_fails_while_it_is_made_fails_where_it_is_taken()
    {
        Assert.Throws<IOException>(() => ReadAhead.Of(Broken()).Count());

        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new IOException();
        }
    }
}
