using System.Text;
using CrmSync.Worker.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>Bytes of rule files: bent trees printed as YAML, the shipped file with bytes cut, moved and put in, and junk.</summary>
internal static class RuleBytesGen
{
    private static readonly byte[] Shipped = Encoding.UTF8.GetBytes(RuleSamples.ShippedText);
    private static readonly Gen<YamlNode> ShippedTree = Gen.Const(YamlTree.Read(RuleSamples.ShippedText, new ProblemList("shipped"))!);

    private static readonly Gen<byte[]> Bits = Gen.OneOf(
        Gen.Byte.Array[0, 12],
        Pick.Of("[", "]", "{", "}", ": ", "- ", "\n", "\t", "&a ", "*a", "!!x ", "|\n", ">-\n ", "? ", "---\n", "...\n", "%YAML 1.1\n", "\"", "'", "#", "\r\n", "\uFEFF", "<<: ", "\\u").Select(Encoding.UTF8.GetBytes));

    private static readonly Gen<Func<byte[], byte[]>> Splice = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 60], Gen.Int[0, 3], Bits,
        (where, other, length, how, bits) => (Func<byte[], byte[]>)(bytes =>
        {
            var (at, from) = ((int)(where * bytes.Length), (int)(other * bytes.Length));
            var piece = bytes[from..Math.Min(bytes.Length, from + length)];
            return how switch
            {
                0 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]],
                1 => [.. bytes[..at], .. piece, .. bytes[at..]],
                2 => [.. bytes[..at], .. bits, .. bytes[at..]],
                _ => [.. bytes[..at], .. piece, .. bytes[Math.Min(bytes.Length, at + length)..]],
            };
        }));

    /// <summary>Most inputs load, or almost do; junk finds little in a parser that has seen much of it.</summary>
    internal static readonly Gen<byte[]> Any = Gen.Frequency(
        (70, TreeMutation.Of(RuleTreeGen.File, 2).Select(Print)),
        (20, Spliced(RuleTreeGen.File.Select(Print), 3)),
        (3, TreeMutation.Of(ShippedTree, 2).Select(Print)),
        (3, Spliced(Gen.Const(Shipped), 4)),
        (4, Bits.Array[0, 40].Select(bits => bits.SelectMany(bit => bit).ToArray())));

    /// <summary>A tree as YAML on one line; what needs it is escaped.</summary>
    internal static byte[] Print(YamlNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Gen<byte[]> Spliced(Gen<byte[]> start, int most) =>
        Gen.Select(start, Splice.Array[1, most], (bytes, splices) => splices.Aggregate(bytes, (whole, splice) => splice(whole)));

    private static void Append(StringBuilder text, YamlNode node)
    {
        if (node is YamlText scalar)
            Quote(text, scalar.Value);
        else if (node is YamlList list)
            Join(text, '[', ']', list.Items, item => Append(text, item));
        else if (node is YamlMap map)
            Join(text, '{', '}', map.Entries, entry =>
            {
                Quote(text, entry.Key.Value);
                text.Append(": ");
                Append(text, entry.Value);
            });
    }

    private static void Join<T>(StringBuilder text, char open, char close, IReadOnlyList<T> items, Action<T> one)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(",\n ");
            one(items[i]);
        }
        text.Append(close);
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\uFEFF' or '\u2028' or '\u2029')
                text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                text.Append(c);
        text.Append('"');
    }
}
