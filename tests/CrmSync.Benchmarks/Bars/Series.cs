using System.Globalization;
using CrmSync.Benchmarks.Figures;

namespace CrmSync.Benchmarks.Bars;

/// <summary>Repeats a pair of measurements, and tells how much of the machine others took meanwhile.</summary>
internal sealed class Series<T>(BarOptions options, Func<T, double> othersOf)
{
    /// <summary>More than this and the round says more of the neighbours than of us.</summary>
    private const double Disturbed = 0.1;

    public List<T> Taken { get; } = [];

    /// <summary>One more round. On a shared machine it is taken again while others are busy, and the least disturbed counts.</summary>
    public async Task AddAsync(Func<Task<T>> measure)
    {
        var best = await measure();
        for (var attempt = 1; attempt < options.Attempts && othersOf(best) > Disturbed; attempt++)
        {
            options.Tell(string.Create(CultureInfo.InvariantCulture, $"others took {othersOf(best):P0} of the machine: once more"));
            await Task.Delay(TimeSpan.FromSeconds(5));
            var next = await measure();
            best = othersOf(next) < othersOf(best) ? next : best;
        }
        Taken.Add(best);
    }

    public string Note() =>
        $"others took {Spread.Of(Taken.Select(othersOf)).Text("P0")} of the machine during the rounds";
}
