using System.Globalization;
using System.Numerics;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>One event: what a transaction did to one record, or that something was done of which no more is told.</summary>
internal sealed class ChangeEvent(EventSchema schema, string kind, IReadOnlyList<string> ids, Transaction context, string transactionKey, int sequence)
{
    private readonly HashSet<FieldDefinition> fields = [];
    private object?[] values = [];

    /// <summary>Its place in the stream; 0 until it is published.</summary>
    public long Replay { get; set; }

    public DateTimeOffset At { get; set; }

    public EventSchema Schema => schema;

    public string Kind => kind;

    public IReadOnlyList<string> Ids => ids;

    /// <summary>Its name among all events: the transaction, and its number in it.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{transactionKey}/{sequence}");

    /// <summary>The same for the log; null where no record is named.</summary>
    public ToldChange? Told => ids.Count == 0 ? null : new(schema.Entity, ids[0], kind, At, context.Actor.LogName);

    /// <summary>Takes in what a further change of the same transaction did; the kind stays that of the first.</summary>
    public void Add(object?[] newest, IEnumerable<FieldDefinition> changed)
    {
        values = newest;
        fields.UnionWith(changed);
    }

    public byte[] Encode()
    {
        var writer = new AvroWriter();
        writer.Text(schema.Entity);
        writer.Texts(ids);
        writer.Long(EventSchema.KindIndex(kind));
        writer.Text(context.Actor.Origin);
        writer.Text(transactionKey);
        writer.Long(sequence);
        writer.Long(At.ToUnixTimeMilliseconds());
        writer.Long(Replay);
        writer.Text(context.Actor.UserId);
        writer.Texts(kind == "UPDATE" ? Bitmaps(field => fields.Contains(field) && Value(field) is null) : []);
        writer.Texts([]);
        writer.Texts(kind == "UPDATE" ? Bitmaps(fields.Contains) : []);
        foreach (var field in schema.Fields)
        {
            Write(writer, field);
        }

        return writer.ToArray();
    }

    private object? Value(FieldDefinition field) => FieldValues.Get(values, field);

    /// <summary>What is not told is null, and so is what was cleared.</summary>
    private void Write(AvroWriter writer, EventField field)
    {
        if (field.Field is { } plain)
        {
            Union(writer, plain);
            return;
        }

        var isTold = field.Parts.Any(part => fields.Contains(part) && Value(part) is not null);
        writer.Long(isTold ? 1 : 0);
        foreach (var part in isTold ? field.Parts : [])
        {
            Union(writer, part);
        }
    }

    private void Union(AvroWriter writer, FieldDefinition field)
    {
        var value = fields.Contains(field) ? Value(field) : null;
        writer.Long(value is null ? 0 : 1);
        switch (value)
        {
            case bool flag:
                writer.Flag(flag);
                break;
            case long whole:
                writer.Long(whole);
                break;
            case double number:
                writer.Double(number);
                break;
            case DateOnly day:
                writer.Long(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds());
                break;
            case DateTimeOffset at:
                writer.Long(at.ToUnixTimeMilliseconds());
                break;
            case string text:
                writer.Text(text);
                break;
        }
    }

    /// <summary>Bit n stands for field n of the schema; the parts of a compound field have a map of their own with its number before it.</summary>
    private List<string> Bitmaps(Func<FieldDefinition, bool> isSet)
    {
        var (top, maps) = (BigInteger.Zero, new List<string>());
        for (var place = 0; place < schema.Fields.Count; place++)
        {
            var field = schema.Fields[place];
            if (field.Field is { } plain)
            {
                top |= isSet(plain) ? BigInteger.One << (place + 1) : 0;
                continue;
            }

            var inner = BigInteger.Zero;
            for (var part = 0; part < field.Parts.Count; part++)
            {
                inner |= isSet(field.Parts[part]) ? BigInteger.One << part : 0;
            }

            if (!inner.IsZero)
            {
                maps.Add(string.Create(CultureInfo.InvariantCulture, $"{place + 1}-{Hex(inner)}"));
            }
        }

        return top.IsZero ? maps : [Hex(top), .. maps];
    }

    /// <summary>Upper-case, in whole bytes: readers take pairs.</summary>
    private static string Hex(BigInteger bits) => "0x" + Convert.ToHexString(bits.ToByteArray(isUnsigned: true, isBigEndian: true));
}
