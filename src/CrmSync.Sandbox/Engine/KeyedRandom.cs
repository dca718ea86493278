namespace CrmSync.Sandbox.Engine;

/// <summary>Draws that depend on a seed and a key alone, so that neither order nor threads change them.</summary>
internal static class KeyedRandom
{
    /// <summary>A number from 0 up to, not including, 1.</summary>
    public static double Fraction(int seed, string key) => (Draw(seed, key) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to, not including, the bound.</summary>
    public static int Below(int bound, int seed, string key) => (int)(Draw(seed, key) % (ulong)bound);

    /// <summary>A stable identifier in the form of a UUID.</summary>
    public static Guid Uuid(int seed, string key)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Draw(seed, key));
        BitConverter.TryWriteBytes(bytes[8..], Draw(seed, key + "#"));
        return new Guid(bytes);
    }

    private static ulong Draw(int seed, string key)
    {
        // FNV-1a over the key, then SplitMix64's finaliser, which spreads neighbouring keys over the whole range.
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var letter in key)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>SplitMix64's finaliser, for callers whose key is a number.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
