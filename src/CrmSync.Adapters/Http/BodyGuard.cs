namespace CrmSync.Adapters.Http;

/// <summary>An answer that is too large, cut, or not what an API speaks.</summary>
internal sealed class ForeignBodyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Reads the whole answer within the try's deadline (a body that dribbles is a time-out, too), at most 16 MB after
/// decompression, and lets a success through only as JSON.
/// </summary>
internal sealed class BodyGuard : DelegatingHandler
{
    public const int MaxBytes = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var headers = response.Content.Headers;
            var body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode && body.Length > 0 && !IsJson(headers.ContentType?.MediaType))
                throw new ForeignBodyException("The answer is not JSON: something between here and the CRM may have answered in its place.");
            response.Content = Buffered(body, headers.ContentType?.MediaType);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var buffer = new MemoryStream();
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (buffer.Length + read > MaxBytes)
                    throw new ForeignBodyException("The answer is larger than 16 MB.");
                buffer.Write(chunk, 0, read);
            }
            return buffer.ToArray();
        }
        catch (Exception e) when (e is HttpIOException or IOException or InvalidDataException)
        {
            throw new ForeignBodyException("The answer was cut off.", e);
        }
    }

    private static ByteArrayContent Buffered(byte[] body, string? mediaType)
    {
        var content = new ByteArrayContent(body);
        if (mediaType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", IsJson(mediaType) ? "application/json" : mediaType);
        return content;
    }

    private static bool IsJson(string? mediaType) =>
        mediaType is not null && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
