using System.Text.Json.Nodes;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Support;

/// <summary>
/// Holds what goes over the wire to and from the sandbox's Pipedrive against the vendor's OpenAPI files, if <c>CRMSYNC_SPECS</c> names the folder that has them in
/// <c>pipedrive/</c>: answers of success, and the requests that they answer.
/// </summary>
internal static class SpecCheck
{
    private const string Crm = "pipedrive";
    private const int MostTold = 10;

    /// <summary>The credential as it once went in the query: of no operation, and of each.</summary>
    private const string OldToken = "api_token";

    private static readonly Lazy<OpenApiFile[]?> Files = new(Load);

    /// <summary>What a sandbox shows its exchanges to; null where the files are not at hand. An exchange with a fault fails its request.</summary>
    public static Action<SandboxExchange>? Watch => Files.Value is { } files ? exchange => Check(files, exchange) : null;

    private static void Check(OpenApiFile[] files, SandboxExchange exchange)
    {
        if (exchange.Crm != Crm || exchange.Status is < 200 or > 299 || !exchange.Path.StartsWith("/api/", StringComparison.Ordinal))
            return;
        var operation = files.Select(file => file.Find(exchange.Method, exchange.Path)).FirstOrDefault(found => found is not null);
        Assert.True(operation is not null, $"{exchange.Method} {exchange.Path} is answered, and the vendor has no such thing");
        using var priced = new HttpRequestMessage(new(exchange.Method), $"https://company.example{exchange.Path}");
        List<string> faults = [.. PipedriveCosts.Of(priced) != (operation.Cost ?? PipedriveCosts.Of(priced)) ? [$"it costs {operation.Cost}, and is taken to cost {PipedriveCosts.Of(priced)}"] : Array.Empty<string>(), .. operation.Unknown(exchange.Asked.Where(name => name != OldToken)).Select(name => $"no parameter is called '{name}'"), .. operation.RequestFaults(Parse(exchange.Body)), .. operation.AnswerFaults(exchange.Status, Parse(exchange.Answer))];
        Assert.True(faults.Count == 0, $"{exchange.Method} {exchange.Path}: {string.Join("; ", faults.Take(MostTold))}");
    }

    private static OpenApiFile[]? Load() => Environment.GetEnvironmentVariable("CRMSYNC_SPECS") is { Length: > 0 } folder
        ? [Read(folder, "openapi-v1.yaml", "/api/v1", "/v1"), Read(folder, "openapi-v2.yaml", "/api/v2")] : null;

    private static OpenApiFile Read(string folder, string name, params string[] prefixes) => OpenApiFile.Read(Path.Combine(folder, Crm, name), prefixes);

    private static JsonNode? Parse(string text) => text.Length > 0 && (text[0] is '{' or '[') ? JsonNode.Parse(text) : null;
}
