using System.Text;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// Chance by key: a draw depends on the seed, the person, the episode and the step, and on nothing that was drawn before,
/// so that one person's story does not change another's.
/// </summary>
internal sealed class Draw(int seed)
{
    /// <summary>From 0 up to 1.</summary>
    public double Unit(string lead, int episode, string step) => (Hash($"{seed}|{lead}|{episode}|{step}") >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability, string lead, int episode, string step) => Unit(lead, episode, step) < probability;

    public T Pick<T>(IReadOnlyList<T> from, string lead, int episode, string step) => from[(int)(Unit(lead, episode, step) * from.Count)];

    public TimeSpan Between(TimeSpan least, TimeSpan most, string lead, int episode, string step) =>
        TimeSpan.FromSeconds(Math.Floor((least + ((most - least) * Unit(lead, episode, step))).TotalSeconds));

    /// <summary>FNV-1a, then SplitMix64's finish, so that near keys give far values.</summary>
    private static ulong Hash(string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 1099511628211UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }
}
