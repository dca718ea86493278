using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Adapters.Http;

/// <summary>
/// One record of an answer: read, or off shape, in which case it spoils none of the others. <paramref name="Id"/>: of one that
/// is off shape, where it tells.
/// </summary>
[JsonConverter(typeof(ReceivedConverters))]
internal readonly record struct Received<T>(T? Record, string? Id = null) where T : class;

/// <summary>Makes the converter of each kind of record.</summary>
internal sealed class ReceivedConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Received<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ReceivedConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}

/// <summary>
/// Reads a record where it stands. Taking it out as an element first would copy every page twice, and pages are most of what
/// the service reads.
/// </summary>
internal sealed class ReceivedConverter<T> : JsonConverter<Received<T>> where T : class
{
    public override bool HandleNull => true;

    public override Received<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var start = reader;
        try
        {
            return new(JsonSerializer.Deserialize<T>(ref reader, options));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            reader = start;
            using var element = JsonDocument.ParseValue(ref reader);
            return new(null, IdOf(element.RootElement));
        }
    }

    public override void Write(Utf8JsonWriter writer, Received<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Record, options);

    private static string? IdOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) ? CrmJson.Text(id) : null;
}
