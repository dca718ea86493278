using System.Buffers.Binary;
using System.Numerics;

namespace CrmSync.Worker.Reports.History;

/// <summary>Prints of texts: 128 bits in two halves that know nothing of each other. Eight letters at a time, each step one to one.</summary>
internal static class HistoryPrint
{
    private const ulong Factor = 0x9E3779B97F4A7C15, OtherFactor = 0xD6E8FEB86659FD93;
    private const ulong Seed = 0xA0761D6478BD642F, OtherSeed = 0xE7037ED1A0B428DB;

    /// <param name="scope">Equal texts of different scopes differ.</param>
    public static (ulong Lead, ulong Check) Of(ReadOnlySpan<byte> text, ulong scope)
    {
        var (a, b) = (Seed ^ scope ^ ((ulong)text.Length * OtherFactor), OtherSeed + scope + ((ulong)text.Length * Factor));
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            (a, b) = Step(a, b, BinaryPrimitives.ReadUInt64LittleEndian(text));
        if (text.Length > 0)
            (a, b) = Step(a, b, Rest(text));
        return (Mixed(a), Mixed(b));
    }

    /// <summary>So many letters at most, of two texts of one length, are the same where <see cref="Quick"/> is.</summary>
    public const int Exact = sizeof(ulong) - 1;

    /// <summary>A print of texts that are compared where it is the same, unless they are short.</summary>
    public static ulong Quick(ReadOnlySpan<byte> text)
    {
        if (text.Length > 2 * sizeof(ulong))
            return Of(text, 0).Lead;
        var print = text.Length < sizeof(ulong)
            ? Rest(text)
            : BinaryPrimitives.ReadUInt64LittleEndian(text) ^ (BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]) * OtherFactor);
        return BitOperations.RotateLeft((print ^ (ulong)text.Length) * Factor, 32);
    }

    /// <summary>Fewer than eight letters in one number; how many they are is told by the length, and some may stand in it twice.</summary>
    private static ulong Rest(ReadOnlySpan<byte> text) => text.Length >= sizeof(uint)
        ? BinaryPrimitives.ReadUInt32LittleEndian(text) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]) << 32)
        : text[0] | ((ulong)text[text.Length / 2] << 8) | ((ulong)text[^1] << 16);

    private static (ulong, ulong) Step(ulong a, ulong b, ulong letters)
    {
        a = (a ^ letters) * Factor;
        b = (b + letters) * OtherFactor;
        return (a ^ (a >> 32), BitOperations.RotateLeft(b, 29));
    }

    // Ids that differ in their last letter alone must lie far apart.
    private static ulong Mixed(ulong print)
    {
        print = (print ^ (print >> 32)) * OtherFactor;
        print = (print ^ (print >> 29)) * Factor;
        return print ^ (print >> 32);
    }
}
