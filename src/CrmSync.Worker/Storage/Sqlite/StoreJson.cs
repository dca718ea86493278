using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Adapters;
using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The body of a row in <c>lead_states</c>.</summary>
internal sealed record LeadBody(Episode? Episode, LeadMemory Memory);

/// <summary>What of a grant is encrypted.</summary>
internal sealed record GrantBody(string RefreshToken, string? AccessToken, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Scopes = null);

/// <summary>How bodies are written: camelCase, enums by name, nothing by reflection.</summary>
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
    public static T Read<T>(string body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreFailure.Damaged, $"A stored {typeof(T).Name} cannot be read.", "Restore a backup: crmsync restore.", e);
        }
    }
}
