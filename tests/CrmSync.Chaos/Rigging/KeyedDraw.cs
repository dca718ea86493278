using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Chaos.Rigging;

/// <summary>Chance by seed and name: the same question gets the same answer, in whatever order it is asked.</summary>
internal sealed class KeyedDraw(int seed)
{
    /// <summary>From 0 up to 1.</summary>
    public double Fraction(string name) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}"))) / (uint.MaxValue + 1.0);

    public bool Chance(double share, string name) => Fraction(name) < share;

    /// <summary>From 0 up to the number, which is left out.</summary>
    public int Below(int number, string name) => (int)(Fraction(name) * number);

    public TimeSpan Between(TimeSpan least, TimeSpan most, string name) => least + ((most - least) * Fraction(name));
}
