using System.Text.Json;

namespace CrmSync.Adapters.Salesforce.PubSub;

/// <summary>The kinds of Avro values; an alias of a plain kind (a date is a long) is read as that kind.</summary>
internal enum AvroKind
{
    Null,
    Boolean,
    Whole,
    Float,
    Double,
    Bytes,
    Text,
    Record,
    Enum,
    Array,
    Map,
    Union,
    Fixed,
}

/// <summary>How one value is written, from a schema's JSON.</summary>
internal sealed class AvroType(AvroKind kind)
{
    public AvroKind Kind => kind;

    /// <summary>Of a record, in the order in which they are written.</summary>
    public IReadOnlyList<(string Name, AvroType Type)> Fields { get; private set; } = [];

    /// <summary>The choices of a union; the one type of an array's items or a map's values.</summary>
    public IReadOnlyList<AvroType> Parts { get; private set; } = [];

    /// <summary>Of an enum.</summary>
    public IReadOnlyList<string> Symbols { get; private set; } = [];

    /// <summary>Of a fixed value, in bytes.</summary>
    public int Size { get; private set; }

    /// <exception cref="InvalidDataException">It is no schema that can be understood.</exception>
    public static AvroType Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, []);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("The schema cannot be understood.", e);
        }
    }

    private static AvroType Read(JsonElement element, Dictionary<string, AvroType> named)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return new(AvroKind.Union) { Parts = [.. element.EnumerateArray().Select(e => Read(e, named))] };
        if (element.ValueKind == JsonValueKind.String)
            return Named(element.GetString()!, named);
        var type = element.GetProperty("type");
        return type.ValueKind != JsonValueKind.String ? Read(type, named) : type.GetString() switch
        {
            "record" => Record(element, named),
            "enum" => Remember(element, named, new(AvroKind.Enum) { Symbols = [.. element.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()!)] }),
            "fixed" => Remember(element, named, new(AvroKind.Fixed) { Size = element.GetProperty("size").GetInt32() }),
            "array" => new(AvroKind.Array) { Parts = [Read(element.GetProperty("items"), named)] },
            "map" => new(AvroKind.Map) { Parts = [Read(element.GetProperty("values"), named)] },
            var name => Named(name!, named),
        };
    }

    /// <summary>Known by its name before its fields are read: they may hold it again.</summary>
    private static AvroType Record(JsonElement element, Dictionary<string, AvroType> named)
    {
        var record = Remember(element, named, new(AvroKind.Record));
        record.Fields = [.. element.GetProperty("fields").EnumerateArray().Select(f => (f.GetProperty("name").GetString()!, Read(f.GetProperty("type"), named)))];
        return record;
    }

    private static AvroType Remember(JsonElement element, Dictionary<string, AvroType> named, AvroType type) =>
        named[Last(element.GetProperty("name").GetString()!)] = type;

    private static AvroType Named(string name, Dictionary<string, AvroType> named) => name switch
    {
        "null" => new(AvroKind.Null),
        "boolean" => new(AvroKind.Boolean),
        "int" or "long" => new(AvroKind.Whole),
        "float" => new(AvroKind.Float),
        "double" => new(AvroKind.Double),
        "bytes" => new(AvroKind.Bytes),
        "string" => new(AvroKind.Text),
        _ => named.GetValueOrDefault(Last(name)) ?? throw new InvalidDataException($"The schema names a type '{name}' that it does not define."),
    };

    /// <summary>A name without its namespace: one event's schema has no two types of one name.</summary>
    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
