using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Adapters.Http;

/// <summary>How answers are read: duplicate keys refused, ids and values as text whatever they are written as.</summary>
internal static class CrmJson
{
    public static JsonSerializerOptions Options { get; } = Create(null);

    /// <summary>The same for one reader of many answers, which remembers the names in them.</summary>
    public static JsonSerializerOptions WithNames() => Create(new());

    private static JsonSerializerOptions Create(NameTable? names) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TextConverter(names) },
    };

    /// <summary>A text, or a number as its text; null for anything else.</summary>
    public static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => element.Deserialize<string>(Options),
        _ => null,
    };

    private sealed class TextConverter(NameTable? names) : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => SafeText.Read(ref reader),
            JsonTokenType.Number => SafeText.Raw(ref reader),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            names is null ? SafeText.Read(ref reader) : names.Read(ref reader);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }
}
