using System.Net;

namespace CrmSync.Adapters.Http;

/// <summary>An answer that is too large, cut, or not what an API speaks.</summary>
internal sealed class ForeignBodyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Reads the whole answer within the try's deadline (a body that dribbles is a time-out, too), at most 16 MB after
/// decompression, and lets a success through only as JSON.
/// </summary>
internal sealed class BodyGuard(CrmHttpRules rules) : DelegatingHandler
{
    public const int MaxBytes = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = new PooledBody();
        try
        {
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            await ReadAsync(response.Content, body, cancellationToken).ConfigureAwait(false);
            var isNothing = response.StatusCode == HttpStatusCode.NoContent && body.Bytes.IsEmpty && rules.MayAnswerNothing(request);
            var isSound = rules.AnswersInXml(request) ? body.Bytes is [(byte)'<', ..] : IsJson(mediaType) && IsStructure(body.Bytes);
            if (response.IsSuccessStatusCode && !isNothing && !isSound)
                throw new ForeignBodyException("The answer is not what an API speaks: something between here and the CRM may have answered in its place.");
            if (mediaType is not null)
                body.Headers.TryAddWithoutValidation("Content-Type", IsJson(mediaType) ? "application/json" : mediaType);
            response.Content = body;
            return response;
        }
        catch
        {
            body.Dispose();
            response.Dispose();
            throw;
        }
    }

    private static async Task ReadAsync(HttpContent content, PooledBody body, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            if (!await body.FillAsync(stream, MaxBytes, cancellationToken).ConfigureAwait(false))
                throw new ForeignBodyException("The answer is larger than 16 MB.");
        }
        catch (Exception e) when (e is HttpIOException or IOException or InvalidDataException)
        {
            throw new ForeignBodyException("The answer was cut off.", e);
        }
    }

    /// <summary>An object or an array: no API answers with nothing, or with a bare value.</summary>
    private static bool IsStructure(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static bool IsJson(string? mediaType) =>
        mediaType is not null && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
