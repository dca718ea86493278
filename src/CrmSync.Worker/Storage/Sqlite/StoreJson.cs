using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Adapters;
using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The body of a row in <c>lead_states</c>.</summary>
internal sealed record LeadBody(Episode? Episode, LeadMemory Memory);

/// <summary>What of a grant is encrypted.</summary>
internal sealed record GrantBody(string RefreshToken, string? AccessToken, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Scopes = null);

/// <summary>How bodies are written: camelCase, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LeadBody))]
[JsonSerializable(typeof(IntentBody))]
[JsonSerializable(typeof(GrantBody))]
[JsonSerializable(typeof(LeadActivity))]
[JsonSerializable(typeof(LostEdit))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    // What the generator makes for reading hands every init property over as a boxed argument of one constructor. And what an older
    // body lacks keeps the value that its property begins with.
    private static JsonSerializerOptions Reading { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Straight from the bytes in the store.</summary>
    public static T Read<T>(ReadOnlySpan<byte> body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Reading) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreFailure.Damaged, $"A stored {typeof(T).Name} cannot be read.", "Restore a backup: crmsync restore.", e);
        }
    }
}
