using System.Reflection;
using System.Text.Json;
using Refit;

namespace CrmSync.Adapters.Http;

/// <summary>
/// Reads an answer that is in memory as a whole from where it lies. As a stream every record of ours would be read twice: once to
/// know that it is all there, and once for what it says.
/// </summary>
internal sealed class BodySerializer(JsonSerializerOptions options) : IHttpContentSerializer
{
    private readonly SystemTextJsonContentSerializer _streams = new(options);

    public HttpContent ToHttpContent<T>(T item) => _streams.ToHttpContent(item);

    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        content is PooledBody { Bytes: { IsEmpty: false } bytes } ? Read<T>(bytes) : _streams.FromHttpContentAsync<T>(content, cancellationToken);

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => _streams.GetFieldNameForProperty(propertyInfo);

    private Task<T?> Read<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Task.FromResult(JsonSerializer.Deserialize<T>(bytes, options));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return Task.FromException<T?>(e);
        }
    }
}
