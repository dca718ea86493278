using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// One record of an answer: its fields as text by name, those of a parent under the dotted name they were asked for by. A field
/// that is there and empty has a null; one that was not told of is missing.
/// </summary>
[JsonConverter(typeof(SalesforceRecordConverter))]
internal sealed class SalesforceRecord
{
    private readonly Dictionary<string, string?> _fields = new(StringComparer.OrdinalIgnoreCase);

    public string? Id => this["Id"];

    /// <summary>Null when empty or missing: <see cref="Has"/> tells which.</summary>
    public string? this[string field]
    {
        get => _fields.TryGetValue(field, out var value) && value?.Length > 0 ? value : null;
        init => _fields[field] = value;
    }

    public bool Has(string field) => _fields.ContainsKey(field);

    internal void Set(string field, string? value) => _fields[field] = value;
}

/// <summary>Flattens a record where it stands; lists inside it are passed over, since none is asked for.</summary>
internal sealed class SalesforceRecordConverter : JsonConverter<SalesforceRecord>
{
    private const string About = "attributes";

    public override SalesforceRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var record = new SalesforceRecord();
        Fill(ref reader, record, "");
        return record;
    }

    public override void Write(Utf8JsonWriter writer, SalesforceRecord value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static void Fill(ref Utf8JsonReader reader, SalesforceRecord record, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A record is an object.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = SafeText.Read(ref reader);
            reader.Read();
            if (name == About || reader.TokenType == JsonTokenType.StartArray)
                reader.Skip();
            else if (reader.TokenType == JsonTokenType.StartObject)
                Fill(ref reader, record, $"{path}{name}.");
            else
                record.Set(path + name, Value(ref reader));
        }
    }

    private static string? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => SafeText.Read(ref reader),
        JsonTokenType.Number => SafeText.Raw(ref reader),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };
}
