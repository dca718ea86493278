using System.Diagnostics;
using CrmSync.Benchmarks.Figures;

namespace CrmSync.Benchmarks.Judging;

/// <summary>One of the things compared: it works through the leads from one number up to another.</summary>
/// <param name="OneIn">A slow one takes only every so many-th part of a block.</param>
internal sealed record Side(string Name, Action<int, int> Run, int OneIn = 1)
{
    /// <summary>Nanoseconds a lead, one figure a round: the middle one of its blocks.</summary>
    public List<double> Nanoseconds { get; } = [];

    /// <summary>Bytes allocated a lead, one figure a round.</summary>
    public List<double> Bytes { get; } = [];

    /// <summary>How many times the other's, round by round.</summary>
    public Spread Against(Side other) => Spread.Of(Nanoseconds.Zip(other.Nanoseconds, (mine, its) => mine / its));
}

/// <summary>
/// Measures sides side by side: they take turns on blocks so short that a neighbour on the machine disturbs few of them,
/// in an order drawn anew for each turn, and each on leads that none of them has just had in hand.
/// </summary>
internal sealed class Turns(int leads, int block, IReadOnlyList<Side> sides)
{
    private readonly List<double>[] _blocks = [.. sides.Select(_ => new List<double>(leads / block + 1))];
    private readonly long[] _bytes = new long[sides.Count];
    private readonly Random _random = new(leads);
    private readonly long[] _leads = new long[sides.Count];

    /// <summary>Compiled code gets better for some tens of thousands of calls; nobody starts cold.</summary>
    public void WarmUp(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            Pass();
            Thread.Sleep(200);
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>One pass over all leads.</summary>
    public void Round()
    {
        Pass();
        for (var i = 0; i < sides.Count; i++)
        {
            sides[i].Nanoseconds.Add(Spread.Of(_blocks[i]).Median);
            sides[i].Bytes.Add(_bytes[i] / (double)_leads[i]);
        }
    }

    private void Pass()
    {
        Array.Clear(_bytes);
        Array.Clear(_leads);
        foreach (var times in _blocks)
            times.Clear();
        var blocks = (leads + block - 1) / block;
        int[] order = [.. Enumerable.Range(0, sides.Count)];
        for (var turn = 0; turn < blocks; turn++)
        {
            _random.Shuffle(order);
            foreach (var side in order)
            {
                var from = (turn + side * blocks / sides.Count) % blocks * block;
                Take(side, from, Math.Min(from + block, leads));
            }
        }
    }

    private void Take(int side, int from, int to)
    {
        to = from + Math.Max(1, (to - from) / sides[side].OneIn);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        sides[side].Run(from, to);
        var took = Stopwatch.GetElapsedTime(began);
        _bytes[side] += GC.GetAllocatedBytesForCurrentThread() - bytes;
        _leads[side] += to - from;
        _blocks[side].Add(took.TotalNanoseconds / (to - from));
    }
}
