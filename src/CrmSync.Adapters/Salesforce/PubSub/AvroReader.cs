using System.Buffers.Binary;
using System.Text;

namespace CrmSync.Adapters.Salesforce.PubSub;

/// <summary>
/// Reads Avro's binary form, of which change events use a few kinds only. Whole numbers come out as <see cref="long"/>, records
/// and maps as dictionaries, arrays as lists, bytes as nothing.
/// </summary>
internal ref struct AvroReader(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 64;

    /// <summary>Items that take no room could be told by the billion.</summary>
    private const long MostItems = 100_000;

    private ReadOnlySpan<byte> _rest = bytes;
    private int _depth;

    /// <exception cref="InvalidDataException">The bytes are not of this type.</exception>
    public object? Read(AvroType type)
    {
        if (++_depth > Deepest)
            throw Damaged();
        object? value = type.Kind switch
        {
            AvroKind.Null => null,
            AvroKind.Boolean => Take(1)[0] != 0,
            AvroKind.Whole => Whole(),
            AvroKind.Float => (double)BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float))),
            AvroKind.Double => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double))),
            AvroKind.Text => Encoding.UTF8.GetString(Take(Whole())),
            AvroKind.Bytes => Pass(Whole()),
            AvroKind.Fixed => Pass(type.Size),
            AvroKind.Enum => Choice(type.Symbols),
            AvroKind.Union => Read(Choice(type.Parts)),
            AvroKind.Record => Record(type),
            AvroKind.Array => Items(type.Parts[0]),
            _ => Entries(type.Parts[0]),
        };
        _depth--;
        return value;
    }

    private Dictionary<string, object?> Record(AvroType type)
    {
        var record = new Dictionary<string, object?>(type.Fields.Count, StringComparer.Ordinal);
        foreach (var (name, field) in type.Fields)
            record[name] = Read(field);
        return record;
    }

    private List<object?> Items(AvroType item)
    {
        var items = new List<object?>();
        for (var count = Block(items.Count); count > 0; count = Block(items.Count))
            for (; count > 0; count--)
                items.Add(Read(item));
        return items;
    }

    private Dictionary<string, object?> Entries(AvroType value)
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var count = Block(entries.Count); count > 0; count = Block(entries.Count))
            for (; count > 0; count--)
                entries[Encoding.UTF8.GetString(Take(Whole()))] = Read(value);
        return entries;
    }

    /// <summary>How many items come next; a negative number is followed by their size in bytes, which helps who skips them.</summary>
    private long Block(int before)
    {
        var count = Whole();
        if (count < 0)
        {
            Whole();
            count = -count;
        }
        return count >= 0 && before + count <= MostItems ? count : throw Damaged();
    }

    /// <summary>Seven bits a byte, the lowest first; the sign is in the lowest bit.</summary>
    private long Whole()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)(value >> 1) ^ -(long)(value & 1);
        }
        throw Damaged();
    }

    private T Choice<T>(IReadOnlyList<T> choices) => Whole() is >= 0 and var place && place < choices.Count ? choices[(int)place] : throw Damaged();

    private object? Pass(long length)
    {
        Take(length);
        return null;
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _rest.Length)
            throw Damaged();
        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private static InvalidDataException Damaged() => new("The event does not follow its schema.");
}
