using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// One record of an answer as text by name. Custom fields stand beside the others by their key, wherever an answer puts them: on a
/// lead at the top, on a deal under a name of their own, with a plain value or an object that has one.
/// </summary>
[JsonConverter(typeof(PipedriveRecordConverter))]
internal sealed class PipedriveRecord
{
    private const int KeyLength = 40;
    private readonly Dictionary<string, string?> _fields = new(StringComparer.Ordinal);

    public string? Id => this["id"];

    /// <summary>Null when empty or missing: <see cref="Has"/> tells which.</summary>
    public string? this[string field]
    {
        get => Plain(field) ?? Plain(field + ".value") ?? Plain(field + ".id");
        init => _fields[field] = value;
    }

    /// <summary>Whether the answer told of a field, be it empty.</summary>
    public bool Has(string field) => _fields.ContainsKey(field);

    /// <summary>The custom fields that the answer told of: their keys are hexadecimal, and of one length.</summary>
    public IEnumerable<string> CustomKeys => _fields.Keys.Where(name => name.Length == KeyLength && name.All(char.IsAsciiHexDigitLower));

    internal void Set(string field, string? value) => _fields[field] = value;

    private string? Plain(string field) => _fields.TryGetValue(field, out var value) && value?.Length > 0 ? value : null;
}

/// <summary>Flattens a record where it stands.</summary>
internal sealed class PipedriveRecordConverter : JsonConverter<PipedriveRecord>
{
    private const string Custom = "custom_fields";

    public override PipedriveRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var record = new PipedriveRecord();
        Fill(ref reader, record, "");
        return record;
    }

    public override void Write(Utf8JsonWriter writer, PipedriveRecord value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static void Fill(ref Utf8JsonReader reader, PipedriveRecord record, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A record is an object.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = SafeText.Read(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                Fill(ref reader, record, path.Length == 0 && name == Custom ? "" : $"{path}{name}.");
            else
                record.Set(path + name, reader.TokenType == JsonTokenType.StartArray ? List(ref reader) : Value(ref reader));
        }
    }

    /// <summary>Of addresses and numbers the primary one, of anything else all, joined by a comma.</summary>
    private static string? List(ref Utf8JsonReader reader)
    {
        var values = new List<string>();
        string? primary = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var item = new PipedriveRecord();
                Fill(ref reader, item, "");
                if ((item["value"] ?? item["id"]) is not { } value)
                    continue;
                values.Add(value);
                primary ??= item["primary"] == "true" ? value : null;
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Skip();
            }
            else if (Value(ref reader) is { } plain)
            {
                values.Add(plain);
            }
        }
        return primary ?? (values.Count == 0 ? null : string.Join(',', values));
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
