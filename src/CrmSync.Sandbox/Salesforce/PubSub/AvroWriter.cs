using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>Avro's binary form, without a header: the reader must know the schema.</summary>
internal sealed class AvroWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    /// <summary>Small numbers of either sign take few bytes: zigzag, then seven bits a byte.</summary>
    public void Long(long number)
    {
        var rest = (ulong)((number << 1) ^ (number >> 63));
        while (rest > 0x7F)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Long(bytes.Length);
        buffer.Write(bytes);
    }

    public void Flag(bool flag) => Byte(flag ? (byte)1 : (byte)0);

    public void Double(double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        buffer.Write(bytes);
    }

    /// <summary>One block of items, and the empty block that ends an array.</summary>
    public void Texts(IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            Long(items.Count);
            foreach (var item in items)
            {
                Text(item);
            }
        }

        Long(0);
    }

    private void Byte(byte value) => buffer.Write([value]);
}
