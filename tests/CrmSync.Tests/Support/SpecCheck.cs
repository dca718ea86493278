using System.Net;
using System.Text.Json.Nodes;

namespace CrmSync.Tests.Support;

/// <summary>
/// Holds what goes over the wire to and from Pipedrive against the vendor's OpenAPI files, if <c>CRMSYNC_SPECS</c> names the folder that has them in
/// <c>pipedrive/</c>: answers of success to the letter, and requests that were not refused.
/// </summary>
internal static class SpecCheck
{
    private static readonly Lazy<OpenApiFile[]?> Files = new(Load);

    public static bool IsOn => Files.Value is not null;

    /// <summary>The handler itself where the files are not at hand.</summary>
    public static HttpMessageHandler Around(HttpMessageHandler inner) => Files.Value is { } files ? new Handler(files, inner) : inner;

    /// <summary>What is wrong with an exchange; nothing for a path that is in neither file.</summary>
    public static IReadOnlyList<string> Faults(string method, string path, int status, JsonNode? request, JsonNode? answer) =>
        Files.Value is { } files ? Faults(files, method, path, status, request, answer) : [];

    private static IReadOnlyList<string> Faults(OpenApiFile[] files, string method, string path, int status, JsonNode? request, JsonNode? answer) =>
        status is < 200 or > 299 ? [] : files.Select(file => file.Find(method, path)).FirstOrDefault(found => found is not null) is { } operation
            ? [.. operation.RequestFaults(request), .. operation.AnswerFaults(status, answer)] : [];

    private static OpenApiFile[]? Load()
    {
        var folder = Environment.GetEnvironmentVariable("CRMSYNC_SPECS");
        return string.IsNullOrEmpty(folder) ? null
            : [OpenApiFile.Read(Path.Combine(folder, "pipedrive", "openapi-v1.yaml"), "/api/v1", "/v1"), OpenApiFile.Read(Path.Combine(folder, "pipedrive", "openapi-v2.yaml"), "/api/v2")];
    }

    private sealed class Handler(OpenApiFile[] files, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices && response.Content.Headers.ContentType?.MediaType == "application/json")
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                var faults = Faults(files, request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, Parse(sent), answer);
                Assert.True(faults.Count == 0, $"{request.Method} {request.RequestUri.AbsolutePath}: {string.Join("; ", faults.Take(10))}");
            }

            return response;
        }

        private static JsonNode? Parse(string? text) => string.IsNullOrEmpty(text) || text[0] is not '{' and not '[' ? null : JsonNode.Parse(text);
    }
}
