using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Names with an underline. Keys of custom fields are left as they are.</summary>
internal static class PipedriveJson
{
    public static JsonSerializerOptions Options { get; } = Snake(CrmJson.Options);

    /// <summary>The same for one reader of many answers, which remembers the names in them.</summary>
    public static JsonSerializerOptions WithNames() => Snake(CrmJson.WithNames());

    private static JsonSerializerOptions Snake(JsonSerializerOptions options) => new(options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
